package dev.heirloom.ets;

import java.util.Arrays;

/** An operator of a guard. */
enum Comparison {
    GREATER(">"),
    AT_LEAST(">="),
    LESS("<"),
    AT_MOST("=<"),
    SAME_VALUE("=="),
    OTHER_VALUE("/="),
    EQUAL("=:="),
    UNEQUAL("=/=");

    private final String sign;

    Comparison(String sign) {
        this.sign = sign;
    }

    static Comparison of(String sign) {
        return Arrays.stream(values())
                .filter(comparison -> comparison.sign.equals(sign))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no operator: " + sign));
    }

    boolean holds(Term a, Term b) {
        return switch (this) {
            case GREATER -> Term.ORDER.compare(a, b) > 0;
            case AT_LEAST -> Term.ORDER.compare(a, b) >= 0;
            case LESS -> Term.ORDER.compare(a, b) < 0;
            case AT_MOST -> Term.ORDER.compare(a, b) <= 0;
            case SAME_VALUE -> Term.ORDER.compare(a, b) == 0;
            case OTHER_VALUE -> Term.ORDER.compare(a, b) != 0;
            case EQUAL -> a.equals(b);
            case UNEQUAL -> !a.equals(b);
        };
    }
}
