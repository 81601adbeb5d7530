package dev.heirloom.manager;

import dev.heirloom.ownership.RequestTracing;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Shows requests in the traces of their callers: one span from the call to the outcome, and in it one for the time in
 * the mailbox and one for the run, which ends with the commit. Thread-safe. A caller without a sampled span is not
 * followed, which costs one look at a thread-local and allocates nothing.
 */
final class RequestSpans implements RequestTracing {
    private final Tracer tracer;

    RequestSpans(OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer("dev.heirloom");
    }

    @Override
    public @Nullable Trace asked(String table) {
        Context caller = Context.current();
        if (!Span.fromContext(caller).getSpanContext().isSampled()) {
            return null;
        }
        Span request = tracer.spanBuilder("heirloom.request")
                .setParent(caller)
                .setAttribute("heirloom.table", table)
                .startSpan();
        Context context = caller.with(request);
        return new Spans(request, context, child("heirloom.wait", context));
    }

    private Span child(String name, Context parent) {
        return tracer.spanBuilder(name).setParent(parent).startSpan();
    }

    private final class Spans implements Trace {
        private final Span request;
        private final Context context;
        private final Span wait;

        // The owner's thread only.
        private @Nullable Span run;
        private @Nullable Scope scope;

        Spans(Span request, Context context, Span wait) {
            this.request = request;
            this.context = context;
            this.wait = wait;
        }

        @Override
        @SuppressWarnings("MustBeClosed") // by left(), on the same thread
        public void begun(String consumer, long epoch) {
            wait.end();
            request.setAttribute("heirloom.epoch", epoch);
            request.setAttribute("heirloom.consumer", consumer);
            Span running = child("heirloom.run", context);
            run = running;
            scope = context.with(running).makeCurrent();
        }

        @Override
        public void left() {
            if (scope != null) {
                scope.close();
            }
            if (run != null) {
                run.end();
            }
        }

        @Override
        public void settled(Outcome outcome) {
            wait.end(); // again has no effect
            request.setAttribute("heirloom.outcome", outcome == Outcome.APPLIED ? "applied" : "not applied");
            if (outcome == Outcome.NOT_APPLIED) {
                request.setStatus(StatusCode.ERROR);
            }
            request.end();
        }
    }
}
