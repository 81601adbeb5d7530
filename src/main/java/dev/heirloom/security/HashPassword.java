package dev.heirloom.security;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;

/**
 * The command that makes the hash of a password, for the settings: {@code java -cp heirloom-classes.jar
 * dev.heirloom.security.HashPassword}. Asks for the password, or reads it from its standard input: it is never an
 * argument, which others could see.
 */
public final class HashPassword {
    private static final int SHORTEST = 8;

    private HashPassword() {}

    /** Writes the hash to standard output; ends with 1 if there is no password, or one that is too short. */
    public static void main(String[] args) throws IOException {
        Console console = System.console();
        String password = console == null ? firstLine() : asked(console);
        if (password.length() < SHORTEST) {
            System.err.println("The password has fewer than " + SHORTEST + " characters.");
            System.exit(1);
        }
        System.out.println(PasswordHash.of(password));
    }

    private static String firstLine() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        String line = in.readLine();
        return line == null ? "" : line;
    }

    private static String asked(Console console) {
        char[] password = console.readPassword("Password: ");
        return password == null ? "" : new String(password);
    }
}
