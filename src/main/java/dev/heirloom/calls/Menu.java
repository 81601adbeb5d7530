package dev.heirloom.calls;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far a caller has come in the phone menu. Immutable.
 *
 * <pre>
 *   MAIN ──1──▶ CONNECTED (sales)
 *    │ ▲
 *    2 0
 *    ▼ │
 *   SUPPORT ──1──▶ CONNECTED (billing)
 *           └─2──▶ CONNECTED (technical)
 *
 *   MAIN, SUPPORT ──the third invalid choice──▶ ENDED
 * </pre>
 *
 * @param step what the caller hears now
 * @param choice whom the caller chose; null before that
 * @param invalidChoices how many choices were none, silence included
 * @param lastInvalid whether the last choice was none: the menu is repeated with an apology
 * @param lastRequest which request of Twilio's made the last choice; null if that is not known
 */
public record Menu(
        Step step,
        @Nullable Department choice,
        int invalidChoices,
        boolean lastInvalid,
        @Nullable String lastRequest) {
    /** The invalid choice that ends the call. */
    static final int MAX_INVALID_CHOICES = 3;

    /** Where the caller has not chosen anything yet. */
    static final Menu START = new Menu(Step.MAIN, null, 0, false, null);

    /** What a caller hears. */
    public enum Step {
        /** Sales or support? */
        MAIN("main"),
        /** Billing or technical? */
        SUPPORT("support"),
        /** Waits for, or talks to, the department chosen. */
        CONNECTED("connected"),
        /** Was asked to call again another time. */
        ENDED("ended");

        private final String word;

        Step(String word) {
            this.word = word;
        }

        /** What it is called in answers. */
        public String word() {
            return word;
        }
    }

    public Menu {
        Objects.requireNonNull(step, "step");
        if ((choice != null) != (step == Step.CONNECTED)) {
            throw new IllegalArgumentException("choice: " + choice + " at step " + step);
        }
        if (invalidChoices < 0 || invalidChoices > MAX_INVALID_CHOICES) {
            throw new IllegalArgumentException("invalidChoices: " + invalidChoices);
        }
    }

    /**
     * The menu after a choice. Nothing is left to choose once the caller is connected, or the menu has ended.
     *
     * @param digits the keys pressed; empty for silence
     * @param request which request of Twilio's brings the choice, if that is known: the same one again is no new choice
     */
    Menu press(String digits, @Nullable String request) {
        if (request != null && request.equals(lastRequest)) {
            return this;
        }
        return switch (step) {
            case MAIN ->
                switch (digits) {
                    case "1" -> connect(Department.SALES, request);
                    case "2" -> go(Step.SUPPORT, request);
                    default -> invalid(request);
                };
            case SUPPORT ->
                switch (digits) {
                    case "1" -> connect(Department.BILLING, request);
                    case "2" -> connect(Department.TECHNICAL, request);
                    case "0" -> go(Step.MAIN, request);
                    default -> invalid(request);
                };
            case CONNECTED, ENDED -> this;
        };
    }

    private Menu connect(Department department, @Nullable String request) {
        return new Menu(Step.CONNECTED, department, invalidChoices, false, request);
    }

    private Menu go(Step next, @Nullable String request) {
        return new Menu(next, null, invalidChoices, false, request);
    }

    private Menu invalid(@Nullable String request) {
        int count = invalidChoices + 1;
        return new Menu(count < MAX_INVALID_CHOICES ? step : Step.ENDED, null, count, true, request);
    }
}
