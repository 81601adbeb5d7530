package dev.heirloom.load;

/** A row: a telephone line. */
public record Line(String id, String caller, String called, String status, long changes) {
    /** How many there are. */
    static final int COUNT = 10_000;

    static Line initial(int number) {
        return new Line(id(number), "+4930" + (1_000_000 + number), "+4989" + (2_000_000 + number), "idle", 0);
    }

    static String id(int number) {
        return "LN%032x".formatted(number);
    }

    Line changed() {
        return new Line(id, caller, called, status, changes + 1);
    }

    Line withStatus(String next) {
        return new Line(id, caller, called, next, changes + 1);
    }
}
