package dev.heirloom.backup;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The kind of an enum: bytes hold the number of the constant in the description, JSON its name. */
final class EnumKind extends TextKind {
    private final List<String> constants;
    private final List<?> values;
    private final Map<String, Object> byName = new HashMap<>();

    private EnumKind(String name, List<String> constants, List<?> values) {
        super(name);
        this.constants = constants;
        this.values = values;
        for (int i = 0; i < values.size(); i++) {
            byName.put(constants.get(i), values.get(i));
        }
    }

    /** @param former what constants were called, and what they are called now */
    static EnumKind of(String name, List<? extends Enum<?>> values, Map<String, String> former) {
        EnumKind kind =
                new EnumKind(name, values.stream().<String>map(Enum::name).toList(), values);
        former.forEach((then, now) -> kind.byName.put(then, kind.parse(now)));
        return kind;
    }

    /** That of another release, whose values are {@link OldConstant}s. */
    static EnumKind old(String name, List<String> constants) {
        return new EnumKind(
                name,
                constants,
                constants.stream().map(each -> new OldConstant(name, each)).toList());
    }

    List<String> constants() {
        return constants;
    }

    @Override
    @SuppressWarnings("EnumOrdinal") // it means what the description says, which is written with it
    void put(Object value, ByteSink out, int depth) {
        out.putVarInt(((Enum<?>) value).ordinal());
    }

    @Override
    Object take(ByteSource in, int depth) {
        int number = in.getVarInt();
        if (number < 0 || number >= values.size()) {
            throw new MalformedException(name() + " has no constant " + number);
        }
        return values.get(number);
    }

    @Override
    String text(Object value) {
        return ((Enum<?>) value).name();
    }

    @Override
    Object parse(String text) {
        Object value = byName.get(text);
        if (value == null) {
            throw new MalformedException(name() + " has no constant " + text);
        }
        return value;
    }

    @Override
    Object convert(Object old) {
        if (old instanceof OldConstant constant) {
            return parse(constant.name());
        }
        throw unfit(old);
    }
}
