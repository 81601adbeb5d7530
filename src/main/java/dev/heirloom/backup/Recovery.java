package dev.heirloom.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the segments of a journal in order, and makes an end to what a crash has torn.
 *
 * <p>What was forced is on disk for certain. What was not may be there in parts, a later one without an earlier one: so
 * the log ends at the first record that is missing or wrong, unless something shows that it had been forced. Each record
 * says how much had been forced when it was written; a record behind the end that says more than the end is such a
 * proof. Then the files are damaged, and nothing is changed.
 *
 * @param <R> the type of the rows
 */
final class Recovery<R> {
    private final Disk disk;
    private final RowFormat<R> format;
    private final Records.Changes<R> into;
    private final DoubleConsumer progress;
    private final Executor readers;

    private final List<Segment> read = new ArrayList<>();
    private long commit = 1;

    /** Up to where the log was on disk, as the records say. */
    private long forced;

    /**
     * @param into is told of every change, in order
     * @param progress is told how much was read, from 0 to 1
     * @param readers who may read a segment while the one before it is put into the table
     */
    Recovery(Disk disk, RowFormat<R> format, Records.Changes<R> into, DoubleConsumer progress, Executor readers) {
        this.disk = disk;
        this.format = format;
        this.into = into;
        this.progress = progress;
        this.readers = readers;
    }

    /** The files of a journal, in order; those before the one it begins with are deleted. */
    private static List<String> files(Disk disk) throws IOException {
        List<String> names = disk.names();
        String first = first(names);
        for (String name : names) {
            if (name.compareTo(first) < 0 || name.endsWith(Disk.UNFINISHED)) {
                disk.delete(name);
            }
        }
        return files(names);
    }

    /** Those of some files in order that a journal consists of. */
    static List<String> files(List<String> names) {
        String first = first(names);
        return names.stream()
                .filter(name -> name.compareTo(first) >= 0 && name.matches("[0-9]{8}\\.log"))
                .toList();
    }

    private static String first(List<String> names) {
        return names.stream().filter(name -> name.matches("[0-9]{8}\\.first")).reduce("", (one, other) -> other);
    }

    /** Has the journal begin with a file, whatever there is before it. */
    static void beginWith(Disk disk, String file) throws IOException {
        disk.create(file.replace(".log", ".first"), 8, new byte[0]).close();
    }

    /**
     * Reads everything.
     *
     * @throws DamagedException if what had been forced is not there
     * @throws UnreadableRowException if the row type has changed so much that a row cannot be read
     */
    Recovered run() throws IOException {
        List<String> files = files(disk);
        List<Segment> segments = new ArrayList<>();
        List<Segment> spares = new ArrayList<>();
        try {
            for (String name : files) {
                Segment segment = Segment.open(disk, name);
                (segment.isSpare() ? spares : segments).add(segment);
            }
            return run(files, segments, spares);
        } catch (IOException | RuntimeException e) {
            close(segments, e);
            close(spares, e);
            throw e;
        }
    }

    private static void close(List<Segment> segments, Exception why) {
        for (Segment each : segments) {
            try {
                each.file().close();
            } catch (IOException e) {
                why.addSuppressed(e);
            }
        }
    }

    private Recovered run(List<String> files, List<Segment> segments, List<Segment> spares) throws IOException {
        int next = files.isEmpty()
                ? 1
                : Integer.parseInt(files.get(files.size() - 1).substring(0, 8)) + 1;
        boolean cutAtFront =
                !segments.isEmpty() && !files.get(0).equals(segments.get(0).name());
        long end = segments.isEmpty() || cutAtFront
                ? Journal.FIRST
                : segments.get(0).start();
        byte[] bytes = {};
        int at = 0;
        int i = 0;
        try (ReadAhead<R> ahead = new ReadAhead<>(segments, format, readers)) {
            for (; i < segments.size() && segments.get(i).start() == end; i++) {
                Segment segment = segments.get(i);
                Contents<R> contents = ahead.next();
                contents.applyTo(segment, into);
                commit = Math.max(commit, contents.commit());
                forced = Math.max(forced, contents.forced());
                bytes = contents.bytes();
                at = contents.end();
                read.add(segment);
                end = segment.position();
                progress.accept((i + 1.0) / segments.size());
            }
        }
        List<Segment> behind = segments.subList(i, segments.size());
        long cut = 0;
        if (!behind.isEmpty() || !isClean(bytes, at)) {
            checkNotForced(bytes, at, behind, end);
            cut = cut(bytes, at, behind);
        }
        for (Segment spare : spares) {
            remove(spare);
        }
        for (Segment each : read) { // a process that was killed has not forced all that it wrote
            each.secure(forced, each == read.get(read.size() - 1));
        }
        return new Recovered(read, end, commit, next, cut);
    }

    private static boolean isClean(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Refuses to cut what was on disk.
     *
     * @param bytes of the last segment that was read
     * @param at where its records end
     * @param behind the segments that cannot be read because something is missing before them
     */
    private void checkNotForced(byte[] bytes, int at, List<Segment> behind, long end) throws IOException {
        String proof = read.isEmpty() ? null : recordForcedBehind(end, read.get(read.size() - 1), bytes, at + 8);
        for (Segment later : behind) {
            proof = proof == null ? recordForcedBehind(end, later, Contents.bytes(later), later.offset()) : proof;
        }
        if (proof != null) {
            throw new DamagedException(
                    read.isEmpty()
                            ? behind.get(0).name()
                            : read.get(read.size() - 1).name(),
                    at,
                    "there is no whole record, but a later one (" + proof + ") shows that there was one on disk");
        }
    }

    /** Looks at every place where a record may begin for one that says that more than the log was on disk. */
    private static @Nullable String recordForcedBehind(long end, Segment segment, byte[] bytes, int from) {
        for (int at = from; at < bytes.length; at += 8) {
            int body = Records.bodyAt(bytes, at, segment.start() + (at - segment.offset()));
            if (body >= 0) {
                ByteSource source = new ByteSource(bytes, at + Records.BODY, at + Records.BODY + body);
                if (Records.Head.read(source).forced() > end) {
                    return segment.name() + ", at byte " + at;
                }
            }
        }
        return null;
    }

    /** Throws away what is behind the end, and says how much that was. */
    private long cut(byte[] bytes, int at, List<Segment> behind) throws IOException {
        long cut = 0;
        for (int i = behind.size() - 1; i >= 0; i--) { // from the end, lest a crash leave a hole
            cut += behind.get(i).size();
            remove(behind.get(i));
        }
        int last = bytes.length;
        while (last > at && bytes[last - 1] == 0) {
            last--;
        }
        if (last > at) {
            Segment torn = read.get(read.size() - 1);
            torn.file().write(at, new byte[last - at], 0, last - at);
            torn.file().force(at, last - at);
        }
        return cut + (last - at);
    }

    private void remove(Segment segment) throws IOException {
        segment.file().close();
        disk.delete(segment.name());
    }
}
