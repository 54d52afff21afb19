package io.checkoutmetrics.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The broker's and the controller's server sockets, bound before either starts and handed over when they ask: so ports
 * are free for certain, and one that is not fails at once instead of leaving a broker waiting.
 */
final class BoundSockets implements ServerSocketFactory, Closeable {
    /** Names of the listeners. */
    static final String BROKER = "PLAINTEXT";

    static final String CONTROLLER = "CONTROLLER";

    private static final int BACKLOG = 50;

    private final Map<String, ServerSocketChannel> channels;

    private BoundSockets(ServerSocketChannel broker, ServerSocketChannel controller) {
        channels = Map.of(BROKER, broker, CONTROLLER, controller);
    }

    /**
     * @param brokerPort 0 for a free one
     * @throws IOException naming the port, if it is taken
     */
    static BoundSockets bind(int brokerPort) throws IOException {
        ServerSocketChannel broker = bound(brokerPort);
        try {
            return new BoundSockets(broker, bound(0));
        } catch (IOException e) {
            broker.close();
            throw e;
        }
    }

    private static ServerSocketChannel bound(int port) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.configureBlocking(false);
            return channel.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), BACKLOG);
        } catch (IOException e) {
            channel.close();
            throw new IOException(
                    "the embedded Kafka cannot listen on 127.0.0.1:" + port
                            + ". End what listens there, or choose another port (0: any free one).",
                    e);
        }
    }

    int brokerPort() {
        return port(BROKER);
    }

    String brokerAddress() {
        return "127.0.0.1:" + port(BROKER);
    }

    String controllerAddress() {
        return "127.0.0.1:" + port(CONTROLLER);
    }

    private int port(String listener) {
        ServerSocketChannel channel = channels.get(listener);
        if (channel == null) {
            throw new IllegalArgumentException("no such listener: " + listener);
        }
        return channel.socket().getLocalPort();
    }

    @Override
    public ServerSocketChannel openServerSocket(
            String listener, InetSocketAddress address, int backlog, int receiveBufferBytes) throws IOException {
        ServerSocketChannel channel = channels.get(listener);
        if (channel == null) {
            return ServerSocketFactory.INSTANCE.openServerSocket(listener, address, backlog, receiveBufferBytes);
        }
        return channel;
    }

    @Override
    public void close() throws IOException {
        for (ServerSocketChannel channel : channels.values()) {
            channel.close();
        }
    }
}
