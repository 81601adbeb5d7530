package dev.heirloom.rest;

/** The roles of callers, for {@code @RolesAllowed}. Whoever has one has those before it. */
public final class Roles {
    public static final String READER = "reader";
    public static final String WRITER = "writer";
    public static final String OPERATOR = "operator";

    private Roles() {}
}
