package dev.heirloom.manager;

import fish.payara.micro.PayaraMicro;
import fish.payara.micro.PayaraMicroRuntime;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A JVM of its own that deploys and undeploys, and prints what is left of the applications; see RedeployIT. */
final class RedeployDriver {
    private static final int ROUNDS = 3;
    private static final int PATIENCE = 60;

    private static final List<WeakReference<ClassLoader>> LOADERS = new CopyOnWriteArrayList<>();
    private static final List<String> OUTCOMES = new CopyOnWriteArrayList<>();
    private static final List<String> COUNTS = new CopyOnWriteArrayList<>();

    private RedeployDriver() {}

    /**
     * Runs it all.
     *
     * @param args the port, the command before the boot, the trivial archive, the archive under test, the value of {@code
     *     Authorization} for its API
     */
    public static void main(String[] args) throws Exception {
        System.getProperties().put("heirloom.test.loaders", LOADERS);
        System.getProperties().put("heirloom.test.outcomes", OUTCOMES);
        System.getProperties().put("heirloom.test.counts", COUNTS);
        PayaraMicroRuntime server = PayaraMicro.getInstance()
                .setNoHazelcast(true)
                .setHttpPort(Integer.parseInt(args[0]))
                .setPreBootHandler(commands -> commands.run("set", args[1].substring("set ".length())))
                .bootStrap();
        int status = 0;
        try {
            run(server, new File(args[2]), new File(args[3]), args[4]);
        } catch (Throwable t) {
            t.printStackTrace();
            status = 1;
        } finally {
            server.shutdown();
        }
        Runtime.getRuntime().halt(status);
    }

    private static void run(PayaraMicroRuntime server, File trivial, File busy, String authorization) throws Exception {
        redeploy(server, "first", trivial, 1, authorization);
        List<WeakReference<ClassLoader>> controls = redeploy(server, "trivial", trivial, ROUNDS, authorization);
        List<WeakReference<ClassLoader>> applications = redeploy(server, "busy", busy, ROUNDS, authorization);
        tell("busy.outcomes", OUTCOMES);
        tell("busy.counts", String.join(" ", COUNTS));

        CountDownLatch latch = new CountDownLatch(1);
        System.getProperties().put("heirloom.test.stubborn", latch);
        List<WeakReference<ClassLoader>> stubborn = redeploy(server, "stubborn", busy, 1, authorization);
        System.gc();
        tell("stubborn.left", count(stubborn));
        latch.countDown();
        redeploy(server, "last", trivial, 1, authorization); // for the server keeps something of what was deployed last

        applications.addAll(stubborn);
        tell("trivial.left", left(controls));
        tell("busy.left", left(applications));
        tell("released.threads", threads());
    }

    /**
     * Gives the class loaders of what is undeployed by then.
     *
     * @param authorization with which somebody follows its events meanwhile
     */
    private static List<WeakReference<ClassLoader>> redeploy(
            PayaraMicroRuntime server, String name, File war, int rounds, String authorization) throws IOException {
        int before = LOADERS.size();
        for (int i = 0; i < rounds; i++) {
            server.deploy(name, name, war);
            if (LOADERS.size() != before + i + 1) {
                throw new IllegalStateException(name + " did not start");
            }
            undeployFollowed(server, name, authorization);
            tell(name + ".threads", threads());
        }
        return new ArrayList<>(LOADERS.subList(before, LOADERS.size()));
    }

    private static void undeployFollowed(PayaraMicroRuntime server, String name, String authorization)
            throws IOException {
        try (Socket client = new Socket(
                InetAddress.getLoopbackAddress(), PayaraMicro.getInstance().getHttpPort())) {
            client.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE));
            client.getOutputStream()
                    .write(("GET /" + name + "/api/events HTTP/1.0\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                                    + "Authorization: " + authorization + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            tell(name + ".followed", lines.readLine());
            for (String line = lines.readLine(); !"event: position".equals(line); line = lines.readLine()) {
                if (line == null) {
                    throw new IllegalStateException("no events");
                }
            }
            server.undeploy(name);
            tell(
                    name + ".end",
                    lines.lines().filter(line -> line.startsWith("event: ")).reduce("nothing", (one, next) -> next));
        }
    }

    /** Which class loaders stay, however often the garbage is collected. */
    private static List<Integer> left(List<WeakReference<ClassLoader>> loaders) throws InterruptedException {
        for (int i = 0; i < PATIENCE && count(loaders) > 0; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(500); // for the garbage collector, which cannot be waited for
        }
        return IntStream.range(0, loaders.size())
                .filter(i -> loaders.get(i).get() != null)
                .boxed()
                .toList();
    }

    private static long count(List<WeakReference<ClassLoader>> loaders) {
        return loaders.stream().filter(loader -> loader.get() != null).count();
    }

    /** The threads that work for an application: by their names, or by the class loader they see. */
    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("heirloom")
                        || thread.getName().startsWith("load ")
                        || LOADERS.stream()
                                .skip(1) // the first one made the server start threads of its own
                                .map(WeakReference::get)
                                .filter(Objects::nonNull)
                                .anyMatch(loader -> thread.getContextClassLoader() == loader))
                .map(Thread::getName)
                .sorted()
                .toList();
    }

    private static void tell(String what, Object value) {
        System.out.println("RESULT " + what + "=" + value);
    }
}
