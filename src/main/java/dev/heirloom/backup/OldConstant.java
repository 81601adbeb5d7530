package dev.heirloom.backup;

/** A constant of an enum as it was when the row was written. */
record OldConstant(String type, String name) {
    @Override
    public String toString() {
        return name;
    }
}
