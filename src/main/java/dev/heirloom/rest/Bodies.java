package dev.heirloom.rest;

import dev.heirloom.documents.JsonLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads the bodies of requests, as much as may be. */
final class Bodies {
    private Bodies() {}

    /** @throws ProblemException if it is too large, or not UTF-8 */
    static String text(InputStream body, JsonLimits limits) {
        byte[] bytes;
        try {
            bytes = body.readNBytes(limits.bodySize() + 1);
        } catch (IOException e) {
            throw new ProblemException(Problem.of(400, "malformed", "What was sent cannot be read")
                    .withDetail("the body of the request ended too early"));
        }
        if (bytes.length > limits.bodySize()) {
            throw new ProblemException(Problem.of(413, "body-too-large", "The body of the request is too large")
                    .withDetail("at most " + limits.bodySize() + " bytes (setting " + JsonLimits.BODY_SIZE + ")"));
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(Problem.of(400, "malformed", "What was sent cannot be read")
                    .withDetail("the body of the request is not UTF-8"));
        }
    }
}
