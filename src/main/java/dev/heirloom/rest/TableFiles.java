package dev.heirloom.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The files of tables as HTTP sends them. */
final class TableFiles {
    /** JSON Lines; the name has no registration, but it is the one in use. */
    static final String JSON_LINES = "application/jsonl";

    /** What others call JSON Lines. */
    static final String NDJSON = "application/x-ndjson";

    static final String GZIP = "application/gzip";

    private static final String ENCODED = "gzip";

    private TableFiles() {}

    /** How a file comes to whoever asked for it. */
    enum Packing {
        /** As it is. */
        PLAIN,

        /** A file that is compressed, and stays so. */
        ZIPPED,

        /** Compressed on its way: {@code Content-Encoding}. */
        ENCODED;

        /**
         * @param compress the parameter of that name; wins
         * @param accepted the header {@code Accept-Encoding}
         * @throws ProblemException 400 if the parameter is wrong
         */
        static Packing of(@Nullable String compress, @Nullable String accepted) {
            if (compress == null) {
                return accepted != null && acceptsGzip(accepted) ? ENCODED : PLAIN;
            }
            if (!compress.equals(TableFiles.ENCODED)) {
                throw FileProblems.badParameter("compress", "compress is none of [gzip]");
            }
            return ZIPPED;
        }

        private static boolean acceptsGzip(String header) {
            return Arrays.stream(header.toLowerCase(Locale.ROOT).split(",", -1))
                    .map(String::strip)
                    .anyMatch(each -> each.matches("gzip|gzip *; *q=(1(\\.0*)?|0\\.[0-9]*[1-9][0-9]*)"));
        }

        boolean isCompressed() {
            return this != PLAIN;
        }
    }

    /** What the file of a table should be called. */
    static String name(String table, boolean salvage, boolean zipped) {
        return table + (salvage ? ".salvage" : "") + ".jsonl" + (zipped ? ".gz" : "");
    }

    /**
     * A file that is open, to be sent.
     *
     * @param bytes to be closed
     */
    record Download(InputStream bytes, long size, String name, Packing packing) {
        Response toResponse() {
            StreamingOutput body = out -> {
                try (bytes) {
                    bytes.transferTo(out);
                }
            };
            return Response.ok(body)
                    .type(packing == Packing.ZIPPED ? GZIP : JSON_LINES)
                    .header(HttpHeaders.CONTENT_ENCODING, packing == Packing.ENCODED ? TableFiles.ENCODED : null)
                    .header(HttpHeaders.CONTENT_LENGTH, size)
                    .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                    .header("X-Content-Type-Options", "nosniff")
                    .build();
        }
    }

    /**
     * Opens the result of a job, which stays.
     *
     * @throws ProblemException 404 if it was forgotten a moment ago
     */
    static Download open(Job.Result result) throws IOException {
        try {
            return open(result.file(), result.name(), result.zipped() ? Packing.ZIPPED : Packing.PLAIN);
        } catch (NoSuchFileException e) {
            throw new ProblemException(
                    Problem.of(404, "no-result", "The job has no result").withDetail("its file has been deleted"));
        }
    }

    /** Opens a file of which nothing is left once it is closed. */
    static Download openOnce(Path file, String name, Packing packing) throws IOException {
        return open(file, name, packing, StandardOpenOption.DELETE_ON_CLOSE);
    }

    private static Download open(Path file, String name, Packing packing, OpenOption... how) throws IOException {
        long size = Files.size(file);
        return new Download(Files.newInputStream(file, how), size, name, packing);
    }

    /**
     * Whether a body is compressed.
     *
     * @param encoding the header {@code Content-Encoding}
     * @param type the header {@code Content-Type}
     * @throws ProblemException 415 if it is in another way
     */
    static boolean isCompressed(@Nullable String encoding, @Nullable String type) {
        String how = encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
        if (!how.equals("identity") && !how.equals(ENCODED) && !how.equals("x-gzip")) {
            throw new ProblemException(Problem.of(415, "content-encoding", "The body is encoded in an unknown way")
                    .withDetail("Content-Encoding may be gzip or identity"));
        }
        return !how.equals("identity")
                || (type != null && type.toLowerCase(Locale.ROOT).startsWith(GZIP));
    }
}
