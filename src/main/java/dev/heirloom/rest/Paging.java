package dev.heirloom.rest;

import dev.heirloom.documents.Filter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages of rows in URLs: the parameters that ask for one, and the link to the next. */
final class Paging {
    private Paging() {}

    /**
     * @param filters reads a filter
     * @throws ProblemException if a parameter is not as it must be
     */
    static RowPages.Asked asked(
            @Nullable String where,
            @Nullable String order,
            @Nullable String limit,
            @Nullable String after,
            Function<String, Filter> filters) {
        Filter filter = where == null || where.isBlank() ? null : filters.apply(where);
        return new RowPages.Asked(filter, isDescending(order), rows(limit), after);
    }

    private static boolean isDescending(@Nullable String order) {
        if (order == null || order.equals("key")) {
            return false;
        }
        if (order.equals("-key")) {
            return true;
        }
        throw bad("order", "order is none of [key, -key]");
    }

    private static int rows(@Nullable String limit) {
        if (limit == null) {
            return RowPages.DEFAULT_ROWS;
        }
        try {
            int rows = Integer.parseInt(limit);
            if (rows >= 1 && rows <= RowPages.MOST_ROWS) {
                return rows;
            }
        } catch (NumberFormatException e) {
            // the same
        }
        throw bad("limit", "limit is not a number from 1 to " + RowPages.MOST_ROWS);
    }

    private static ProblemException bad(String parameter, String detail) {
        return new ProblemException(Problem.of(400, "bad-parameter", "A parameter is wrong")
                .withDetail(detail)
                .with("parameter", parameter));
    }

    /**
     * The value of {@code Link} for the page after one.
     *
     * @param next the key to go on from
     */
    static String link(URI page, @Nullable String where, @Nullable String order, @Nullable String limit, String next) {
        StringBuilder target = new StringBuilder(page.getRawPath()).append('?');
        append(target, "where", where);
        append(target, "order", order);
        append(target, "limit", limit);
        append(target, "after", next);
        return "<" + target + ">; rel=\"next\"";
    }

    private static void append(StringBuilder target, String parameter, @Nullable String value) {
        if (value != null) {
            target.append(target.charAt(target.length() - 1) == '?' ? "" : "&")
                    .append(parameter)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
        }
    }
}
