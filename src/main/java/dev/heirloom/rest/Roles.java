package dev.heirloom.rest;

/** The roles of those who use the API: each includes the former. */
public final class Roles {
    public static final String READER = "reader";
    public static final String WRITER = "writer";
    public static final String OPERATOR = "operator";

    private Roles() {}
}
