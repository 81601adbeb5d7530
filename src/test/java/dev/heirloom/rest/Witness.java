package dev.heirloom.rest;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Tells a test what the server says of itself: {@code GET /witness/log} gives what it logged that is SEVERE or has a stack
 * trace, {@code GET /witness/heap} the bytes in use after a collection. Thread-safe.
 */
@WebServlet(urlPatterns = "/witness/*", loadOnStartup = 1)
public class Witness extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final int MOST = 200;

    private final transient Testimony testimony = new Testimony();

    private static final class Testimony extends Handler {
        private final Deque<String> said = new ArrayDeque<>();

        @Override
        public synchronized void publish(LogRecord record) {
            boolean severe = record.getLevel().intValue() >= Level.SEVERE.intValue();
            String message = String.valueOf(record.getMessage());
            boolean traced = record.getThrown() != null || message.contains("\tat ");
            if ((severe || traced) && said.size() < MOST) {
                said.add(record.getLevel() + " " + record.getLoggerName() + ": " + message + "\n"
                        + trace(record.getThrown()));
            }
        }

        private static String trace(Throwable thrown) {
            if (thrown == null) {
                return "";
            }
            StringWriter text = new StringWriter();
            thrown.printStackTrace(new PrintWriter(text));
            return text.toString();
        }

        synchronized String take() {
            String all = String.join("\f", said);
            said.clear();
            return all;
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Override
    public void init() {
        Logger.getLogger("").addHandler(testimony);
    }

    @Override
    public void destroy() {
        Logger.getLogger("").removeHandler(testimony);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        String told = switch (String.valueOf(request.getPathInfo())) {
            case "/log" -> testimony.take();
            case "/heap" -> Long.toString(heap());
            default -> "";
        };
        response.getWriter().write(told);
    }

    /** The least of several, since what finalizers and cleaners hold on to goes one collection later. */
    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
