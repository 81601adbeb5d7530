package dev.heirloom.backup;

import dev.heirloom.table.RowCodec;

/** Rows to and fro. */
final class Formats {
    private Formats() {}

    static <R> RowFormat<R> of(Class<R> type) {
        return RowFormat.of("notes", type, Evolution.none());
    }

    static <R> byte[] bytes(RowFormat<R> format, R row) {
        ByteSink out = new ByteSink();
        format.write(row, out);
        return out.toBytes();
    }

    static <R> R read(RowFormat.Reader<R> reader, byte[] bytes) {
        return reader.read(new ByteSource(bytes, 0, bytes.length));
    }

    /** Written by one format and read by another. */
    static <A, B> B evolved(RowFormat<A> from, A row, RowFormat<B> to) {
        return read(to.reader(from.description()), bytes(from, row));
    }

    static <R> R throughBytes(RowFormat<R> format, R row) {
        return evolved(format, row, format);
    }

    static <R> R throughJson(RowFormat<R> format, R row) throws Exception {
        RowCodec<R> json = format.json();
        return json.decode(json.encode(row));
    }
}
