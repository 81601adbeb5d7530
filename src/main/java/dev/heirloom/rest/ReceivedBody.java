package dev.heirloom.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The body of a request, bounded, and written to a file as it is read. What fails while it is read is the client's fault;
 * what fails while it is written is not, and remains an {@link IOException}. For one thread.
 */
final class ReceivedBody extends InputStream {
    private final InputStream in;
    private final OutputStream copy;
    private final long most;
    private long read;
    private boolean atEnd;

    /** @param most how many bytes it may have */
    ReceivedBody(InputStream in, OutputStream copy, long most) {
        this.in = in;
        this.copy = copy;
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        int got;
        try {
            got = in.read(to, offset, length);
        } catch (IOException | StackOverflowError e) {
            // Of what was compressed, too: it is damaged, ends too early, or is of so many parts (each is read within
            // the
            // one before it) that this must be on purpose.
            throw new ProblemException(Problem.of(400, "unreadable-body", "The body cannot be read")
                    .withDetail(e.getClass().getSimpleName() + ": " + e.getMessage()));
        }
        atEnd = got < 0;
        if (got > 0) {
            read += got;
            if (read > most) {
                throw new ProblemException(Problem.of(413, "too-large", "The body is too large")
                        .withDetail("uncompressed, it may have " + most + " bytes (heirloom.import.max-bytes)"));
            }
            copy.write(to, offset, got);
        }
        return got;
    }

    /** Says that there is more until there is not, lest whoever unzips it takes the end of one part for the end. */
    @Override
    public int available() {
        return atEnd ? 0 : 1;
    }
}
