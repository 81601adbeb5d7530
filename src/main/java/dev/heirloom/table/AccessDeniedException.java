package dev.heirloom.table;

/** Says that the table's {@link Access} does not allow the operation to others than its owner. */
public final class AccessDeniedException extends NotAppliedException {
    public AccessDeniedException(String table, Access access, String operation) {
        super("table " + table + " is " + access.name().toLowerCase(java.util.Locale.ROOT) + ": only its owner may "
                + operation);
    }
}
