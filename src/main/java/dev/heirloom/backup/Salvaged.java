package dev.heirloom.backup;

/**
 * What became of damaged files of which everything readable was read. Immutable.
 *
 * @param records how many records could be read: units of work, or rows that were written once more
 * @param leftOut how many bytes could not be read; what is missing altogether does not count
 * @param places where something was left out or is missing, in words; empty if nothing was
 */
public record Salvaged(long records, long leftOut, String places) {
    /** In words, for whoever is to live with the rows. */
    public String summary() {
        return places.isEmpty()
                ? "everything could be read"
                : "rows may be missing, or be older than they were; not read: " + places + " (" + leftOut
                        + " bytes in all)";
    }
}
