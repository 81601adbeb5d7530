package dev.heirloom.calls;

import dev.heirloom.rest.Problem;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jspecify.annotations.Nullable;

/**
 * What annotations do not get into the description of the API: the forms that Twilio posts, the problem details of every
 * failure, and who may ask. Also has {@link DescriptionRepairs} put right what Payara makes of annotations. Named in
 * {@code META-INF/microprofile-config.properties}.
 */
public class ApiDescription implements OASFilter {
    static final String VOICE = "voice";
    static final String MENU = "menu";
    static final String STATUS = "status";

    /** Operations that need no user. */
    private static final Set<String> OPEN = Set.of(VOICE, MENU, STATUS, "logIn");

    private static final String BASIC = "basicAuth";
    private static final String BEARER = "bearerAuth";
    private static final String SESSION = "sessionCookie";
    private static final String PROBLEM = "Problem";
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
        if (!OPEN.contains(operation.getOperationId())) {
            secure(operation);
        }
        return operation;
    }

    private static void secure(Operation operation) {
        operation.setSecurity(Stream.of(BASIC, BEARER, SESSION)
                .map(scheme -> OASFactory.createSecurityRequirement().addScheme(scheme))
                .toList());
        refusal(operation, "401", "There are no credentials, or they are not valid");
        refusal(operation, "403", "The user may not do this");
    }

    private static void refusal(Operation operation, String status, String description) {
        APIResponses responses = operation.getResponses();
        if (responses != null && !responses.hasAPIResponse(status)) {
            responses.addAPIResponse(
                    status,
                    OASFactory.createAPIResponse()
                            .description(description)
                            .content(OASFactory.createContent()
                                    .addMediaType(
                                            Problem.MEDIA_TYPE,
                                            OASFactory.createMediaType()
                                                    .schema(OASFactory.createSchema()
                                                            .ref(PROBLEM)))));
        }
    }

    @Override
    public APIResponse filterAPIResponse(APIResponse response) {
        if (response.getContent() != null && response.getContent().hasMediaType(Problem.MEDIA_TYPE)) {
            response.getContent()
                    .getMediaType(Problem.MEDIA_TYPE)
                    .schema(OASFactory.createSchema().ref(PROBLEM));
        }
        return response;
    }

    @Override
    public Parameter filterParameter(Parameter parameter) {
        return DescriptionRepairs.repaired(parameter);
    }

    @Override
    public Schema filterSchema(Schema schema) {
        return DescriptionRepairs.repaired(schema);
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        if (api.getComponents() == null) {
            api.setComponents(OASFactory.createComponents());
        }
        api.getComponents()
                .addSchema(PROBLEM, problem())
                .addSecurityScheme(
                        BASIC,
                        scheme(SecurityScheme.Type.HTTP, "A user and a password")
                                .scheme("basic"))
                .addSecurityScheme(
                        BEARER,
                        scheme(SecurityScheme.Type.HTTP, "A token")
                                .scheme("bearer")
                                .bearerFormat("JWT"))
                .addSecurityScheme(
                        SESSION,
                        scheme(
                                        SecurityScheme.Type.APIKEY,
                                        "Set by logging in. What changes something needs the header "
                                                + "X-CSRF-Token, too, with the token that logging in gave.")
                                .in(SecurityScheme.In.COOKIE)
                                .name("heirloom-session"));
        Schema step = api.getComponents().getSchemas().get("CounterStep");
        if (step != null) {
            step.addProperty("reset", number("What the count becomes beyond the threshold"));
        }
        DescriptionRepairs.repair(api);
    }

    private static SecurityScheme scheme(SecurityScheme.Type type, String description) {
        return OASFactory.createSecurityScheme().type(type).description(description);
    }

    private static Schema problem() {
        return object("Problem details (RFC 9457)")
                .addProperty("type", string("Names the kind of problem").format("uri-reference"))
                .addProperty("title", string("The kind of problem in words"))
                .addProperty("status", integer("The HTTP status"))
                .addProperty("detail", string("This occurrence in words"))
                .addProperty(
                        "outcome",
                        string("What became of a change that was asked for")
                                .enumeration(List.of("not applied", "in doubt")))
                .addProperty("parameter", string("The parameter that is wrong"))
                .required(List.of("type", "title", "status"));
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

    private static Schema object(String description) {
        return OASFactory.createSchema().type(Schema.SchemaType.OBJECT).description(description);
    }

    private static Schema string(String description) {
        return OASFactory.createSchema().type(Schema.SchemaType.STRING).description(description);
    }

    private static Schema words(String description, Stream<String> words) {
        return string(description).enumeration(words.map(Object.class::cast).toList());
    }

    /** An integer of any size. */
    private static Schema number(String description) {
        return OASFactory.createSchema()
                .type(Schema.SchemaType.NUMBER)
                .format("integer")
                .description(description);
    }

    private static Schema integer(String description) {
        return OASFactory.createSchema()
                .type(Schema.SchemaType.INTEGER)
                .minimum(BigDecimal.ZERO)
                .description(description);
    }
}
