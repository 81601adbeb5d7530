package dev.heirloom.documents;

/** The null of JSON: a value that is there, unlike that of a member that is not. */
public enum JsonNull {
    NULL;

    @Override
    public String toString() {
        return "null";
    }
}
