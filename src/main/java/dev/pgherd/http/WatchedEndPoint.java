package dev.pgherd.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * This end of a connection, which can tell whether the other one has hung up. That is to read; what comes early, such as
 * the next request, is kept for who reads next.
 */
final class WatchedEndPoint extends SocketChannelEndPoint {

    private static final int MOST = 512;

    private final Object reading = new Object();
    private final Executor executor;
    private ByteBuffer early = BufferUtil.EMPTY_BUFFER;

    WatchedEndPoint(
            SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler, Executor executor) {
        super(channel, selector, key, scheduler);
        this.executor = executor;
    }

    /** To be asked only while a request is answered that has been read to its end. */
    boolean hungUp() {
        synchronized (reading) {
            if (isFillInterested()) {
                return false;
            }
            if (early.capacity() == 0) {
                early = BufferUtil.allocate(MOST);
            }
            try {
                // Behind what came early there may be the end; where it is full, nothing is read.
                return super.fill(early) < 0;
            } catch (IOException e) {
                return true;
            }
        }
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        synchronized (reading) {
            return early.hasRemaining() ? BufferUtil.append(buffer, early) : super.fill(buffer);
        }
    }

    /** What was kept is not announced by the network again. */
    @Override
    protected void needsFillInterest() {
        synchronized (reading) {
            if (early.hasRemaining()) {
                executor.execute(getFillInterest()::fillable);
                return;
            }
        }
        super.needsFillInterest();
    }
}
