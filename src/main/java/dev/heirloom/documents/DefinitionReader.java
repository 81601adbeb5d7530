package dev.heirloom.documents;

import dev.heirloom.backup.Durability;
import dev.heirloom.table.Access;
import dev.heirloom.table.TableType;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the definition of a table from a document, and names what is wrong with it. For one document. */
final class DefinitionReader {
    private static final Set<String> MEMBERS = Set.of(
            "type",
            "access",
            "key",
            "keyType",
            "indexes",
            "expireAfterWrite",
            "maxRows",
            "changeBuffer",
            "durability",
            "readers",
            "writers");

    private static final int MOST_CHANGES = 1_000_000;
    private static final int LONGEST_NAME = 100;
    private static final int MOST_NAMES = 100;

    private final Document document;

    private DefinitionReader(Document document) {
        this.document = document;
    }

    /**
     * The definition that a document is; what it does not say is as usual.
     *
     * @throws DocumentException naming the member that is wrong
     */
    static Definition read(Document document, JsonLimits limits) {
        requireMembers(document, MEMBERS, "a definition");
        return new DefinitionReader(document).definition(limits);
    }

    private Definition definition(JsonLimits limits) {
        TableType type = oneOf("type", TableType.values(), TableType.SET);
        List<Definition.Index> indexes = indexes(limits);
        return new Definition(
                type,
                oneOf("access", Access.values(), Access.PROTECTED),
                name("key", document.get("key"), "id"),
                oneOf("keyType", KeyType.values(), KeyType.STRING),
                indexes,
                duration("expireAfterWrite"),
                integer("maxRows", 1, Long.MAX_VALUE),
                orZero(integer("changeBuffer", 0, MOST_CHANGES)),
                oneOf("durability", Durability.values(), Durability.NONE),
                names("readers"),
                names("writers"));
    }

    private static int orZero(@Nullable Long number) {
        return number == null ? 0 : Math.toIntExact(number);
    }

    private static void requireMembers(Document document, Set<String> known, String what) {
        for (int i = 0; i < document.size(); i++) {
            if (!known.contains(document.name(i))) {
                throw DocumentException.invalid(what + " has no member \"" + document.name(i) + "\"; there are: "
                        + known.stream().sorted().toList());
            }
        }
    }

    private boolean isAbsent(String member) {
        Object value = document.get(member);
        return value == null || value == JsonNull.NULL;
    }

    private <E extends Enum<E>> E oneOf(String member, E[] values, E otherwise) {
        if (isAbsent(member)) {
            return otherwise;
        }
        return Arrays.stream(values)
                .filter(each -> word(each).equals(document.get(member)))
                .findFirst()
                .orElseThrow(() -> DocumentException.invalid(member + " is none of "
                        + Arrays.stream(values).map(DefinitionReader::word).toList()));
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private @Nullable Long integer(String member, long least, long most) {
        if (isAbsent(member)) {
            return null;
        }
        if (document.get(member) instanceof Long number && number >= least && number <= most) {
            return number;
        }
        throw DocumentException.invalid(member + " is not an integer from " + least + " to " + most);
    }

    private @Nullable Duration duration(String member) {
        if (isAbsent(member)) {
            return null;
        }
        try {
            Duration duration = Duration.parse(String.valueOf(document.get(member)));
            if (duration.compareTo(Duration.ofMillis(1)) >= 0 && duration.toDays() <= 36_500) {
                return duration;
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            // the same
        }
        throw DocumentException.invalid(
                member + " is not a duration from a millisecond to a hundred years, as PT10M for ten minutes");
    }

    private static String name(String member, @Nullable Object value, @Nullable String otherwise) {
        if ((value == null || value == JsonNull.NULL) && otherwise != null) {
            return otherwise;
        }
        if (value instanceof String name
                && !name.isBlank()
                && name.length() <= LONGEST_NAME
                && name.chars().noneMatch(Character::isISOControl)) {
            return name;
        }
        throw DocumentException.invalid(member + " is not a text of 1 to " + LONGEST_NAME + " characters");
    }

    private @Nullable List<String> names(String member) {
        if (isAbsent(member)) {
            return null;
        }
        if (!(document.get(member) instanceof List<?> list) || list.size() > MOST_NAMES) {
            throw DocumentException.invalid(
                    member + " is not an array of at most " + MOST_NAMES + " names of users or roles");
        }
        return list.stream()
                .map(each -> name("an element of " + member, each, null))
                .distinct()
                .toList();
    }

    private List<Definition.Index> indexes(JsonLimits limits) {
        if (isAbsent("indexes")) {
            return List.of();
        }
        if (!(document.get("indexes") instanceof List<?> list)) {
            throw DocumentException.invalid("indexes is not an array");
        }
        if (list.size() > limits.indexes()) {
            throw DocumentException.limit("too many indexes", limits.indexes(), JsonLimits.INDEXES);
        }
        List<Definition.Index> indexes = new ArrayList<>();
        Set<String> used = new HashSet<>();
        for (Object each : list) {
            Definition.Index index = index(each);
            if (!used.add(index.name())) {
                throw DocumentException.invalid("two indexes are called " + index.name());
            }
            indexes.add(index);
        }
        return indexes;
    }

    private static Definition.Index index(@Nullable Object value) {
        if (!(value instanceof Document index)) {
            throw DocumentException.invalid("an element of indexes is not an object");
        }
        requireMembers(index, Set.of("name", "field", "unique"), "an index");
        String field = name("the field of an index", index.get("field"), null);
        Object unique = index.get("unique");
        if (unique != null && !(unique instanceof Boolean)) {
            throw DocumentException.invalid("unique of an index is not true or false");
        }
        return new Definition.Index(
                name("the name of an index", index.get("name"), field), field, Boolean.TRUE.equals(unique));
    }
}
