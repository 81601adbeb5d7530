package dev.heirloom.rest;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * What annotations do not get into the description of the API: the problem details of every failure, and who may ask. Also
 * has {@link DescriptionRepairs} put right what Payara makes of annotations. To be named as {@code mp.openapi.filter}, it
 * or a subclass.
 */
public class ApiDescription implements OASFilter {
    private static final String BASIC = "basicAuth";
    private static final String BEARER = "bearerAuth";
    private static final String SESSION = "sessionCookie";
    private static final String PROBLEM = "Problem";

    @Override
    public Operation filterOperation(Operation operation) {
        if (!isOpen(String.valueOf(operation.getOperationId()))) {
            secure(operation);
        }
        APIResponses responses = operation.getResponses();
        if (responses != null && responses.getAPIResponses() != null) {
            responses.getAPIResponses().forEach((status, response) -> {
                if (status.startsWith("4") || status.startsWith("5")) {
                    response.content(problemContent());
                }
            });
        }
        return operation;
    }

    /** Whether an operation needs no user. */
    protected boolean isOpen(String operation) {
        return operation.equals("logIn");
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
            responses.addAPIResponse(status, OASFactory.createAPIResponse().description(description));
        }
    }

    private static Content problemContent() {
        return OASFactory.createContent()
                .addMediaType(
                        Problem.MEDIA_TYPE,
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref(PROBLEM)));
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

    protected static Schema object(String description) {
        return OASFactory.createSchema().type(Schema.SchemaType.OBJECT).description(description);
    }

    protected static Schema string(String description) {
        return OASFactory.createSchema().type(Schema.SchemaType.STRING).description(description);
    }

    /** An integer of any size. */
    private static Schema number(String description) {
        return OASFactory.createSchema()
                .type(Schema.SchemaType.NUMBER)
                .format("integer")
                .description(description);
    }

    protected static Schema integer(String description) {
        return OASFactory.createSchema()
                .type(Schema.SchemaType.INTEGER)
                .minimum(BigDecimal.ZERO)
                .description(description);
    }
}
