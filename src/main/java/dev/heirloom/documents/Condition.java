package dev.heirloom.documents;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that is true of a document or not. Immutable. */
sealed interface Condition {
    boolean test(Document document);

    /** All of these. */
    record All(List<Condition> conditions) implements Condition {
        @Override
        public boolean test(Document document) {
            for (Condition each : conditions) {
                if (!each.test(document)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** One of these. */
    record Any(List<Condition> conditions) implements Condition {
        @Override
        public boolean test(Document document) {
            for (Condition each : conditions) {
                if (each.test(document)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A value, compared. */
    record Comparison(Selector selector, Operator operator, List<Operand> operands) implements Condition {
        @Override
        public boolean test(Document document) {
            return operator.test(selector.in(document), operands);
        }
    }

    /** How a value is compared. */
    enum Operator {
        EQUAL {
            @Override
            boolean test(@Nullable Object value, List<Operand> operands) {
                return operands.get(0).matches(value);
            }
        },
        NOT_EQUAL {
            @Override
            boolean test(@Nullable Object value, List<Operand> operands) {
                return !operands.get(0).matches(value);
            }
        },
        GREATER {
            @Override
            boolean test(@Nullable Object value, List<Operand> operands) {
                Integer order = operands.get(0).order(value);
                return order != null && order > 0;
            }
        },
        AT_LEAST {
            @Override
            boolean test(@Nullable Object value, List<Operand> operands) {
                Integer order = operands.get(0).order(value);
                return order != null && order >= 0;
            }
        },
        LESS {
            @Override
            boolean test(@Nullable Object value, List<Operand> operands) {
                Integer order = operands.get(0).order(value);
                return order != null && order < 0;
            }
        },
        AT_MOST {
            @Override
            boolean test(@Nullable Object value, List<Operand> operands) {
                Integer order = operands.get(0).order(value);
                return order != null && order <= 0;
            }
        },
        IN {
            @Override
            boolean test(@Nullable Object value, List<Operand> operands) {
                return operands.stream().anyMatch(each -> each.matches(value));
            }
        },
        OUT {
            @Override
            boolean test(@Nullable Object value, List<Operand> operands) {
                return operands.stream().noneMatch(each -> each.matches(value));
            }
        },
        IS_NULL {
            @Override
            boolean test(@Nullable Object value, List<Operand> operands) {
                return (value == null || value == JsonNull.NULL)
                        == operands.get(0).text().equals("true");
            }
        };

        abstract boolean test(@Nullable Object value, List<Operand> operands);
    }
}
