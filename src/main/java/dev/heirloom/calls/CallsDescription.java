package dev.heirloom.calls;

import dev.heirloom.rest.ApiDescription;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What annotations do not get into the description of the API: besides what {@link ApiDescription} adds, the forms that
 * Twilio posts. Named in {@code META-INF/microprofile-config.properties}.
 */
public class CallsDescription extends ApiDescription {
    static final String VOICE = "voice";
    static final String MENU = "menu";
    static final String STATUS = "status";

    /** They have signatures, and need no user. */
    private static final Set<String> WEBHOOKS = Set.of(VOICE, MENU, STATUS);

    private static final String SID = "[0-9a-fA-F]{32}";

    @Override
    public Operation filterOperation(Operation operation) {
        Schema form = form(String.valueOf(operation.getOperationId()));
        if (form != null && operation.getRequestBody() != null) {
            operation
                    .getRequestBody()
                    .content(OASFactory.createContent()
                            .addMediaType(
                                    MediaType.APPLICATION_FORM_URLENCODED,
                                    OASFactory.createMediaType().schema(form)));
        }
        return super.filterOperation(operation);
    }

    @Override
    protected boolean isOpen(String operation) {
        return WEBHOOKS.contains(operation) || super.isOpen(operation);
    }

    private static @Nullable Schema form(String operation) {
        return switch (operation) {
            case VOICE -> call();
            case MENU ->
                call().addProperty(
                                "Digits",
                                string("The keys; empty if the caller pressed none in time")
                                        .pattern("[0-9*#]{0,32}"))
                        .addRequired("Digits");
            case STATUS ->
                call().addProperty("SequenceNumber", integer("Counts the callbacks about a call"))
                        .addProperty("Timestamp", string("When it happened, by RFC 2822; without it, now"))
                        .addProperty("CallDuration", integer("Seconds; of a call that is over"));
            default -> null;
        };
    }

    /** What every form has. Further parameters are part of what is signed, and otherwise ignored. */
    private static Schema call() {
        return object("What Twilio posts about a call")
                .addProperty("CallSid", string("Twilio's id of the call").pattern("CA" + SID))
                .addProperty("AccountSid", string("Twilio's id of the account").pattern("AC" + SID))
                .addProperty("From", string("Who calls").maxLength(256))
                .addProperty("To", string("Who is called").maxLength(256))
                .addProperty(
                        "Direction",
                        words("Which way", Arrays.stream(CallDirection.values()).map(CallDirection::word)))
                .addProperty(
                        "CallStatus",
                        words(
                                "Where the call stands",
                                Arrays.stream(CallStatus.values()).map(CallStatus::word)))
                .required(List.of("CallSid", "AccountSid", "From", "To", "Direction", "CallStatus"));
    }

    private static Schema words(String description, Stream<String> words) {
        return string(description).enumeration(words.map(Object.class::cast).toList());
    }
}
