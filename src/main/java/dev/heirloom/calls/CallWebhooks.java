package dev.heirloom.calls;

import dev.heirloom.ownership.OwnerDiedException;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.rest.Open;
import dev.heirloom.table.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * What Twilio calls: the webhooks that keep the table of calls. Thread-safe.
 *
 * <p>A request is checked in this order: its signature over all it says, its parameters, and only then is the table
 * asked. A request that was not applied because the owner died is asked once more, since Twilio may not send it again.
 */
@ApplicationScoped
@Path("calls")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Tag(name = "webhooks", description = "For Twilio")
public class CallWebhooks {
    private static final String TWIML = MediaType.APPLICATION_XML + ";charset=UTF-8";

    /** The same in every attempt of Twilio's to deliver a request. */
    static final String ATTEMPTS = "I-Twilio-Idempotency-Token";

    // Written at each method: Payara's description of the API leaves out what is written at the class.
    private static final String BAD = "A parameter is missing or malformed; the member \"parameter\" names it.";
    private static final String UNSIGNED = "The signature is missing, or not that of the request.";
    private static final String NOT_APPLIED =
            "No auth token is configured, or the request was not applied: the owner of the table died twice, too many "
                    + "requests wait, or the table has no owner.";
    private static final String IN_DOUBT =
            "Nobody knows whether the request was applied. To send it again does no harm.";

    private static final int LONGEST_TOKEN = 128;

    @Inject
    TableRef<String, Call> calls;

    @Inject
    TwilioGate gate;

    @Inject
    CallSettings settings;

    InstantSource clock = Clock.systemUTC();

    @POST
    @Open // who sends it says its signature
    @Path("voice")
    @Produces(TWIML)
    @Operation(
            operationId = CallsDescription.VOICE,
            summary = "A call has come in",
            description = "Answers with what the caller hears next, by how far the call has come.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_FORM_URLENCODED))
    @APIResponse(
            responseCode = "200",
            description = "TwiML",
            content = @Content(mediaType = MediaType.APPLICATION_XML, schema = @Schema(implementation = String.class)))
    @APIResponse(responseCode = "400", description = BAD)
    @APIResponse(responseCode = "403", description = UNSIGNED)
    @APIResponse(responseCode = "503", description = NOT_APPLIED)
    @APIResponse(responseCode = "504", description = IN_DOUBT)
    public String voice(
            @Parameter(in = ParameterIn.HEADER, required = true, description = "Twilio's signature of the request")
                    @HeaderParam(TwilioSignature.HEADER)
                    @Nullable
                    String signature,
            @Context UriInfo uri,
            MultivaluedMap<String, String> form) {
        CallEvent event = event(signature, uri, form);
        return CallAnswers.twiml(ask(CallRequests.voice(event, clock.instant())));
    }

    @POST
    @Open // who sends it says its signature
    @Path("menu")
    @Produces(TWIML)
    @Operation(
            operationId = CallsDescription.MENU,
            summary = "The caller has pressed keys",
            description = "Answers with what the caller hears next. An invalid choice repeats the menu, the third one "
                    + "ends the call.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_FORM_URLENCODED))
    @APIResponse(
            responseCode = "200",
            description = "TwiML",
            content = @Content(mediaType = MediaType.APPLICATION_XML, schema = @Schema(implementation = String.class)))
    @APIResponse(responseCode = "400", description = BAD)
    @APIResponse(responseCode = "403", description = UNSIGNED)
    @APIResponse(responseCode = "503", description = NOT_APPLIED)
    @APIResponse(responseCode = "504", description = IN_DOUBT)
    public String menu(
            @Parameter(in = ParameterIn.HEADER, required = true, description = "Twilio's signature of the request")
                    @HeaderParam(TwilioSignature.HEADER)
                    @Nullable
                    String signature,
            @Parameter(
                            in = ParameterIn.HEADER,
                            description = "The same in every attempt to deliver the request: it counts once")
                    @HeaderParam(ATTEMPTS)
                    @Nullable
                    String attempts,
            @Context UriInfo uri,
            MultivaluedMap<String, String> form) {
        CallEvent event = event(signature, uri, form);
        String digits = new CallForm(form).digits();
        String request = attempts == null || attempts.length() > LONGEST_TOKEN ? null : attempts;
        return CallAnswers.twiml(ask(CallRequests.menu(event, digits, request, clock.instant())));
    }

    @POST
    @Open // who sends it says its signature
    @Path("status")
    @Operation(
            operationId = CallsDescription.STATUS,
            summary = "The status of a call has changed",
            description = "Callbacks may come twice, late and out of order: a call never goes back to an earlier "
                    + "status, and the first final one stays.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_FORM_URLENCODED))
    @APIResponse(responseCode = "204", description = "The table knows.")
    @APIResponse(responseCode = "400", description = BAD)
    @APIResponse(responseCode = "403", description = UNSIGNED)
    @APIResponse(responseCode = "503", description = NOT_APPLIED)
    @APIResponse(responseCode = "504", description = IN_DOUBT)
    public void status(
            @Parameter(in = ParameterIn.HEADER, required = true, description = "Twilio's signature of the request")
                    @HeaderParam(TwilioSignature.HEADER)
                    @Nullable
                    String signature,
            @Context UriInfo uri,
            MultivaluedMap<String, String> form) {
        CallEvent event = event(signature, uri, form);
        ask(CallRequests.status(event, clock.instant(), settings.retention()));
    }

    private CallEvent event(@Nullable String signature, UriInfo uri, MultivaluedMap<String, String> form) {
        gate.check(uri.getPath(false), uri.getRequestUri(), form, signature);
        return new CallForm(form).event();
    }

    private <T> T ask(Work<String, Call, T> work) {
        try {
            return calls.call(work);
        } catch (OwnerDiedException e) {
            return calls.call(work);
        }
    }
}
