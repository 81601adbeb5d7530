package dev.heirloom.peers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** A table of Markdown. Not thread-safe. */
final class MarkdownTable {
    private final List<List<String>> rows = new ArrayList<>();

    MarkdownTable(String... header) {
        this(List.of(header));
    }

    MarkdownTable(List<String> header) {
        rows.add(header);
        rows.add(Collections.nCopies(header.size(), "---"));
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** A row whose first cell stands on its own. */
    void row(String first, List<String> others) {
        rows.add(cells(first, others));
    }

    static List<String> cells(String first, List<String> others) {
        List<String> cells = new ArrayList<>();
        cells.add(first);
        cells.addAll(others);
        return cells;
    }

    @Override
    public String toString() {
        return rows.stream()
                .map(cells -> cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")))
                .collect(Collectors.joining());
    }
}
