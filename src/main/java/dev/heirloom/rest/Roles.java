package dev.heirloom.rest;

/** The roles that the API asks for: a writer may do what a reader may, an operator what a writer may. */
public final class Roles {
    public static final String READER = "reader";
    public static final String WRITER = "writer";
    public static final String OPERATOR = "operator";

    private Roles() {}
}
