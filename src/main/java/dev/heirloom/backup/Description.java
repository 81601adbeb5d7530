package dev.heirloom.backup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a later release must know of rows to read them: their types, as they were.
 *
 * @param rowType its simple name
 * @param version of the rows
 * @param root the kind of the rows; when parsed, one that reads {@link OldRow}s
 */
record Description(String rowType, int version, Kind root) {
    /*
     * byte 1, rowType, version, number of the root, how many kinds, and each kind:
     *   'S' name                                                         a scalar
     *   'E' name, how many, name of each constant                        an enum
     *   'R' name, how many, name, primitive, kind of each field          a record
     *   'I' name, how many, kind of each type                            a sealed interface
     *   'L' name, kind                                                   a collection or an optional value
     *   'M' kind of the key, kind of the value                           a map
     *
     * Kinds are numbered as they come. 'L' and 'M' come after the kinds that they name, the others may come before.
     */
    static final byte TYPED = 1;

    byte[] toBytes() {
        Map<Kind, Integer> numbers = new HashMap<>();
        List<Kind> kinds = new ArrayList<>();
        number(root, numbers, kinds);
        ByteSink out = new ByteSink();
        out.putByte(TYPED);
        out.putString(rowType);
        out.putVarInt(version);
        out.putVarInt(numbers.getOrDefault(root, 0));
        out.putVarInt(kinds.size());
        kinds.forEach(kind -> write(kind, numbers, out));
        return out.toBytes();
    }

    /**
     * Reads one.
     *
     * @throws MalformedException if it is none
     */
    static Description parse(byte[] bytes) {
        ByteSource in = new ByteSource(bytes, 0, bytes.length);
        if (in.getByte() != TYPED) {
            throw new MalformedException("it does not describe the fields of rows");
        }
        String rowType = in.getString();
        int version = in.getVarInt();
        int root = in.getVarInt();
        Kind[] kinds = new Kind[in.getCount()];
        List<Runnable> links = new ArrayList<>();
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = read(in, version, kinds, i, links);
        }
        links.forEach(Runnable::run);
        if (in.remaining() > 0) {
            throw new MalformedException("something follows it");
        }
        return new Description(rowType, version, at(kinds, root, kinds.length));
    }

    private static void number(Kind kind, Map<Kind, Integer> numbers, List<Kind> kinds) {
        if (numbers.containsKey(kind)) {
            return;
        }
        if (kind instanceof SequenceKind sequence) {
            number(sequence.element(), numbers, kinds);
        } else if (kind instanceof MapKind map) {
            number(map.key(), numbers, kinds);
            number(map.value(), numbers, kinds);
        }
        if (numbers.putIfAbsent(kind, kinds.size()) == null) { // not within itself
            kinds.add(kind);
            if (kind instanceof RecordKind fields) {
                fields.fields().forEach(field -> number(field.kind(), numbers, kinds));
            } else if (kind instanceof SealedKind types) {
                types.options().forEach(option -> number(option, numbers, kinds));
            }
        }
    }

    private static void write(Kind kind, Map<Kind, Integer> numbers, ByteSink out) {
        if (kind instanceof EnumKind constants) {
            out.putByte((byte) 'E');
            out.putString(kind.name());
            out.putVarInt(constants.constants().size());
            constants.constants().forEach(out::putString);
        } else if (kind instanceof RecordKind fields) {
            out.putByte((byte) 'R');
            out.putString(kind.name());
            out.putVarInt(fields.fields().size());
            for (RecordField field : fields.fields()) {
                out.putString(field.name());
                out.putByte((byte) (field.isPrimitive() ? 1 : 0));
                out.putVarInt(numbers.getOrDefault(field.kind(), 0));
            }
        } else if (kind instanceof SealedKind types) {
            out.putByte((byte) 'I');
            out.putString(kind.name());
            out.putVarInt(types.options().size());
            types.options().forEach(option -> out.putVarInt(numbers.getOrDefault(option, 0)));
        } else if (kind instanceof SequenceKind sequence) {
            out.putByte((byte) 'L');
            out.putString(kind.name());
            out.putVarInt(numbers.getOrDefault(sequence.element(), 0));
        } else if (kind instanceof MapKind map) {
            out.putByte((byte) 'M');
            out.putVarInt(numbers.getOrDefault(map.key(), 0));
            out.putVarInt(numbers.getOrDefault(map.value(), 0));
        } else {
            out.putByte((byte) 'S');
            out.putString(kind.name());
        }
    }

    private static Kind read(ByteSource in, int version, Kind[] kinds, int known, List<Runnable> links) {
        byte tag = in.getByte();
        return switch (tag) {
            case 'S' -> Scalars.named(in.getString());
            case 'E' -> {
                String name = in.getString();
                List<String> constants = new ArrayList<>();
                for (int left = in.getCount(); left > 0; left--) {
                    constants.add(in.getString());
                }
                yield EnumKind.old(name, constants);
            }
            case 'R' -> readRecord(in, version, kinds, links);
            case 'I' -> readSealed(in, kinds, links);
            case 'L' ->
                new SequenceKind(SequenceType.named(in.getString()).unsorted(), at(kinds, in.getVarInt(), known));
            case 'M' -> new MapKind(false, at(kinds, in.getVarInt(), known), at(kinds, in.getVarInt(), known));
            default -> throw new MalformedException("unknown kind " + tag);
        };
    }

    private static Kind readRecord(ByteSource in, int version, Kind[] kinds, List<Runnable> links) {
        String name = in.getString();
        int count = in.getCount();
        List<String> names = new ArrayList<>();
        List<Boolean> primitive = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(in.getString());
            primitive.add(in.getByte() != 0);
            numbers.add(in.getVarInt());
        }
        RecordKind kind = RecordKind.old(version, name, names);
        links.add(() -> {
            List<RecordField> fields = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Kind its = at(kinds, numbers.get(i), kinds.length);
                if (primitive.get(i) && !(its instanceof Scalar)) { // else it might take no byte at all
                    throw new MalformedException(its.name() + " is not primitive");
                }
                fields.add(RecordField.old(names.get(i), its, primitive.get(i)));
            }
            kind.link(fields, Map.of());
        });
        return kind;
    }

    private static Kind readSealed(ByteSource in, Kind[] kinds, List<Runnable> links) {
        SealedKind kind = new SealedKind(in.getString());
        List<Integer> numbers = new ArrayList<>();
        for (int left = in.getCount(); left > 0; left--) {
            numbers.add(in.getVarInt());
        }
        links.add(() -> {
            List<Kind> options = numbers.stream()
                    .map(number -> at(kinds, number, kinds.length))
                    .toList();
            if (!options.stream().allMatch(each -> each instanceof RecordKind || each instanceof EnumKind)) {
                throw new MalformedException(kind.name() + " is of other types than records and enums");
            }
            kind.link(options, List.of(), Map.of());
        });
        return kind;
    }

    private static Kind at(Kind[] kinds, int number, int known) {
        if (number < 0 || number >= known) {
            throw new MalformedException("no kind has number " + number);
        }
        return kinds[number];
    }
}
