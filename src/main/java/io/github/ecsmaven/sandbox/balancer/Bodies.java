package io.github.ecsmaven.sandbox.balancer;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Message bodies as HTTP/1.1 frames them (RFC 9112, section 7). */
final class Bodies {
    private static final int PIECE = 16 * 1024;

    private Bodies() {}

    static void copy(InputStream from, OutputStream to, boolean chunked) throws IOException {
        byte[] piece = new byte[PIECE];
        for (int size = from.read(piece); size >= 0; size = from.read(piece)) {
            if (chunked && size > 0) {
                to.write((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            to.write(piece, 0, size);
            if (chunked && size > 0) {
                to.write('\r');
                to.write('\n');
                to.flush();
            }
        }
        if (chunked) {
            to.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Each piece is handed on as it comes: server-sent events must not wait for more. */
    static void copyFlushing(InputStream from, OutputStream to) throws IOException {
        byte[] piece = new byte[PIECE];
        for (int size = from.read(piece); size >= 0; size = from.read(piece)) {
            to.write(piece, 0, size);
            to.flush();
        }
    }

    /** A body of known length; its early end is an error. */
    static final class Limited extends FilterInputStream {
        private long left;

        Limited(InputStream in, long length) {
            super(in);
            left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int at, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int size = super.read(to, at, (int) Math.min(length, left));
            if (size < 0) {
                throw new EOFException("the body broke off");
            }
            left -= size;
            return size;
        }
    }

    /** A chunked body; its early end is an error. */
    static final class Chunked extends FilterInputStream {
        private long left;
        private boolean ended;

        Chunked(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int at, int length) throws IOException {
            if (!ended && left == 0) {
                nextChunk();
            }
            if (ended) {
                return -1;
            }
            int size = super.read(to, at, (int) Math.min(length, left));
            if (size < 0) {
                throw new EOFException("the body broke off");
            }
            left -= size;
            if (left == 0) {
                Answer.line(in);
            }
            return size;
        }

        private void nextChunk() throws IOException {
            String size = Answer.line(in).split(";", 2)[0].strip();
            try {
                left = Long.parseLong(size, 16);
            } catch (NumberFormatException error) {
                throw new IOException("a chunk without a size", error);
            }
            if (left == 0) {
                ended = true;
                skipTrailers();
            }
        }

        private void skipTrailers() throws IOException {
            String line = Answer.line(in);
            while (!line.isEmpty()) {
                line = Answer.line(in);
            }
        }
    }
}
