package dev.heirloom.documents;

import cz.jirutka.rsql.parser.RSQLParser;
import cz.jirutka.rsql.parser.RSQLParserException;
import cz.jirutka.rsql.parser.UnknownOperatorException;
import cz.jirutka.rsql.parser.ast.Arity;
import cz.jirutka.rsql.parser.ast.ComparisonNode;
import cz.jirutka.rsql.parser.ast.ComparisonOperator;
import cz.jirutka.rsql.parser.ast.LogicalNode;
import cz.jirutka.rsql.parser.ast.LogicalOperator;
import cz.jirutka.rsql.parser.ast.Node;
import cz.jirutka.rsql.parser.ast.RSQLOperators;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A choice of documents in RSQL: {@code name==Smith;age=gt=30}. Immutable.
 *
 * <p>{@code ;} is and, {@code ,} is or; {@code ==}, {@code !=}, {@code =gt=}, {@code =ge=}, {@code =lt=}, {@code =le=},
 * {@code =in=(a,b)}, {@code =out=(a,b)} and {@code =null=true} compare. A value in the filter is taken as a number if
 * the document has a number there, as a text if it has a text. A {@code *} in it stands for any characters. {@code !=}
 * and {@code =out=} are the opposites of {@code ==} and {@code =in=}: they are true of what is not there.
 */
public final class Filter {
    /** So deep may parentheses be nested: the parser is recursive. */
    private static final int DEPTH = 50;

    private static final ComparisonOperator IS_NULL = new ComparisonOperator("=null=", Arity.nary(1));

    private static final Map<ComparisonOperator, Condition.Operator> OPERATORS = Map.of(
            RSQLOperators.EQUAL,
            Condition.Operator.EQUAL,
            RSQLOperators.NOT_EQUAL,
            Condition.Operator.NOT_EQUAL,
            RSQLOperators.GREATER_THAN,
            Condition.Operator.GREATER,
            RSQLOperators.GREATER_THAN_OR_EQUAL,
            Condition.Operator.AT_LEAST,
            RSQLOperators.LESS_THAN,
            Condition.Operator.LESS,
            RSQLOperators.LESS_THAN_OR_EQUAL,
            Condition.Operator.AT_MOST,
            RSQLOperators.IN,
            Condition.Operator.IN,
            RSQLOperators.NOT_IN,
            Condition.Operator.OUT,
            IS_NULL,
            Condition.Operator.IS_NULL);

    private final Condition root;

    private Filter(Condition root) {
        this.root = root;
    }

    /**
     * Reads a filter.
     *
     * @throws DocumentException if it is none, or larger than it may be
     */
    public static Filter parse(String rsql, JsonLimits limits) {
        if (rsql.length() > limits.filterLength()) {
            throw DocumentException.limit(
                    "too many characters in the filter", limits.filterLength(), JsonLimits.FILTER_LENGTH);
        }
        checkDepth(rsql);
        Node node;
        try {
            node = new RSQLParser(OPERATORS.keySet()).parse(rsql);
        } catch (RSQLParserException | IllegalArgumentException e) {
            throw DocumentException.malformed("the filter is not RSQL: " + why(e));
        }
        Filter filter = new Filter(condition(node));
        int nodes = count(filter.root);
        if (nodes > limits.filterNodes()) {
            throw DocumentException.limit(
                    "too many comparisons in the filter", limits.filterNodes(), JsonLimits.FILTER_NODES);
        }
        return filter;
    }

    private static void checkDepth(String rsql) {
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < rsql.length(); i++) {
            char each = rsql.charAt(i);
            if (quote != 0) {
                if (each == '\\') {
                    i++;
                } else if (each == quote) {
                    quote = 0;
                }
            } else if (each == '\'' || each == '"') {
                quote = each;
            } else if (each == '(' && ++depth > DEPTH) {
                throw DocumentException.malformed("the filter has parentheses nested more than " + DEPTH + " deep");
            } else if (each == ')') {
                depth--;
            }
        }
    }

    private static String why(RuntimeException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (cause instanceof UnknownOperatorException unknown) {
            return "there is no operator " + unknown.getOperator();
        }
        String message = String.valueOf(cause.getMessage());
        return message.lines().findFirst().orElse("it ends too early");
    }

    private static Condition condition(Node node) {
        if (node instanceof LogicalNode logical) {
            List<Condition> conditions = new ArrayList<>();
            logical.forEach(each -> conditions.add(condition(each)));
            return logical.getOperator() == LogicalOperator.AND
                    ? new Condition.All(List.copyOf(conditions))
                    : new Condition.Any(List.copyOf(conditions));
        }
        ComparisonNode comparison = (ComparisonNode) node;
        Condition.Operator operator = OPERATORS.get(comparison.getOperator());
        if (operator == null) {
            throw DocumentException.malformed("the filter is not RSQL: there is no operator "
                    + comparison.getOperator().getSymbol());
        }
        List<Operand> operands =
                comparison.getArguments().stream().map(Operand::new).toList();
        if (operator == Condition.Operator.IS_NULL
                && !List.of("true", "false").contains(operands.get(0).text())) {
            throw DocumentException.malformed("the filter is not RSQL: after =null= comes true or false");
        }
        return new Condition.Comparison(new Selector(comparison.getSelector()), operator, operands);
    }

    private static int count(Condition condition) {
        if (condition instanceof Condition.All all) {
            return all.conditions().stream().mapToInt(Filter::count).sum();
        }
        if (condition instanceof Condition.Any any) {
            return any.conditions().stream().mapToInt(Filter::count).sum();
        }
        return ((Condition.Comparison) condition).operands().size();
    }

    /** Whether a document is one of these. */
    public boolean test(Document document) {
        return root.test(document);
    }

    /** What is true of every document that is one of these. */
    List<Condition.Comparison> required() {
        List<Condition.Comparison> required = new ArrayList<>();
        require(root, required);
        return required;
    }

    private static void require(Condition condition, List<Condition.Comparison> required) {
        if (condition instanceof Condition.Comparison comparison) {
            required.add(comparison);
        } else if (condition instanceof Condition.All all) {
            all.conditions().forEach(each -> require(each, required));
        }
    }
}
