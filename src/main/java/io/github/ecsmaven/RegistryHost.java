package io.github.ecsmaven;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** What the name of a registry, {@code host} or {@code host:port}, tells before it is called. */
public final class RegistryHost {
    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?");

    private RegistryHost() {}

    /** True for a registry on this machine, the only one that may speak plain HTTP; no name is looked up. */
    public static boolean isLoopback(String registry) {
        return LOOPBACK.matcher(registry).matches();
    }

    /** True for an image whose registry is on this machine; {@code localhost} alone is an image of Docker Hub. */
    public static boolean isOfLoopback(String image) {
        try {
            return isLoopback(ImageReference.parse(image).getRegistry());
        } catch (InvalidImageReferenceException notAnImage) {
            return false;
        }
    }

    /**
     * Looks the name up once: Jib tries a name that is not known again and again, for a minute. Behind a proxy it is the
     * proxy that knows names.
     */
    public static void requireKnown(String registry) throws UnknownHostException {
        URI address = URI.create("https://" + registry);
        if (address.getHost() != null
                && ProxySelector.getDefault().select(address).contains(Proxy.NO_PROXY)) {
            try {
                InetAddress.getByName(address.getHost());
            } catch (UnknownHostException unknown) {
                throw new UnknownHostException(address.getHost());
            }
        }
    }
}
