package dev.heirloom.calls;

import com.twilio.http.HttpMethod;
import com.twilio.twiml.TwiMLException;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Enqueue;
import com.twilio.twiml.voice.Gather;
import com.twilio.twiml.voice.Hangup;
import com.twilio.twiml.voice.Say;
import java.util.Objects;

/** What Twilio is told to do with a call, in TwiML. It follows from the row alone, so the same row hears the same. */
final class CallAnswers {
    /** Where keys are sent, from the URL of either webhook. */
    private static final String MENU = "menu";

    private static final int SECONDS_TO_CHOOSE = 6;

    private CallAnswers() {}

    static String twiml(Call call) {
        try {
            return answer(call).toXml();
        } catch (TwiMLException e) {
            throw new IllegalStateException("the answer to call " + call.sid() + " is no XML", e);
        }
    }

    private static VoiceResponse answer(Call call) {
        if (call.isFinished()) {
            return new VoiceResponse.Builder().hangup(hangup()).build();
        }
        return switch (call.menu().step()) {
            case MAIN -> menu(call.menu(), "Press 1 for sales. Press 2 for support.");
            case SUPPORT ->
                menu(call.menu(), "Press 1 for billing. Press 2 for technical support. Press 0 to go back.");
            case CONNECTED -> connected(call.menu());
            case ENDED ->
                new VoiceResponse.Builder()
                        .say(say("Sorry, we did not understand you. Please call again another time. Goodbye."))
                        .hangup(hangup())
                        .build();
        };
    }

    private static VoiceResponse menu(Menu menu, String choices) {
        String before =
                menu.lastInvalid() ? "Sorry, that is not a choice. " : menu.equals(Menu.START) ? "Welcome. " : "";
        return new VoiceResponse.Builder()
                .gather(new Gather.Builder()
                        .inputs(Gather.Input.DTMF)
                        .numDigits(1)
                        .timeout(SECONDS_TO_CHOOSE)
                        .action(MENU)
                        .method(HttpMethod.POST)
                        .actionOnEmptyResult(true) // silence is an invalid choice, or the call would end without a word
                        .say(say(before + choices))
                        .build())
                .build();
    }

    private static VoiceResponse connected(Menu menu) {
        Department department = Objects.requireNonNull(menu.choice());
        return new VoiceResponse.Builder()
                .say(say("You are being put through to " + spoken(department) + "."))
                .enqueue(new Enqueue.Builder().name(department.word()).build())
                .build();
    }

    private static String spoken(Department department) {
        return switch (department) {
            case SALES -> "sales";
            case BILLING -> "billing";
            case TECHNICAL -> "technical support";
        };
    }

    private static Say say(String text) {
        return new Say.Builder(text).language(Say.Language.EN_GB).build();
    }

    private static Hangup hangup() {
        return new Hangup.Builder().build();
    }
}
