package org.shanpai.order.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import org.shanpai.chassis.ShanpaiConfig;

/**
 * Says where webhooks may go. In local mode http and https, also to this machine. In production
 * only https, and never to an address inside the house, for a merchant's URL must not make this
 * service knock at internal doors. Looks names up, so never on an event loop.
 *
 * <p>Ask before every request and connect to the address that was looked at: a name that was
 * harmless yesterday may lead inside today.
 */
@ApplicationScoped
public class TargetGuard {

  /** Finds the addresses of a name; blocks. */
  @FunctionalInterface
  interface Names {
    InetAddress[] find(String host) throws UnknownHostException;
  }

  private final boolean publicOnly;
  private final Names names;

  @Inject
  TargetGuard(ShanpaiConfig config) {
    this(config.mode() == ShanpaiConfig.Mode.PRODUCTION, InetAddress::getAllByName);
  }

  TargetGuard(boolean publicOnly, Names names) {
    this.publicOnly = publicOnly;
    this.names = names;
  }

  /** A target looked at. */
  public sealed interface Ruling {
    /**
     * May be called.
     *
     * @param address the one to connect to: a name looked up again could answer differently
     */
    record Allowed(URI uri, InetAddress address) implements Ruling {}

    /** Must not be called. */
    record Refused(String reason) implements Ruling {}
  }

  /** Whether the URL may be called, and at which address. */
  public Ruling rule(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException malformed) {
      return new Ruling.Refused("is not a URL");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return new Ruling.Refused("must begin with http:// or https://");
    }
    if (publicOnly && !scheme.equals("https")) {
      return new Ruling.Refused("must begin with https://");
    }
    if (uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
      return new Ruling.Refused("must name a host and carry no user and no fragment");
    }
    if (uri.getPort() == 0 || uri.getPort() > 65_535) {
      return new Ruling.Refused("has an impossible port");
    }
    InetAddress[] addresses;
    try {
      String host = uri.getHost();
      addresses = names.find(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    } catch (UnknownHostException | SecurityException unknown) {
      return new Ruling.Refused("names a host that cannot be found");
    }
    if (publicOnly) {
      for (InetAddress address : addresses) {
        if (!isPublic(address)) {
          return new Ruling.Refused("names a host that is not on the public internet");
        }
      }
    }
    return new Ruling.Allowed(uri, addresses[0]);
  }

  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address ? isPublic4(bytes) : isPublic6(bytes);
  }

  private static boolean isPublic4(byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    boolean carrierGrade = first == 100 && second >= 64 && second < 128;
    boolean benchmark = first == 198 && (second == 18 || second == 19);
    boolean protocols = first == 192 && second == 0 && bytes[2] == 0;
    return first != 0 && first != 127 && !carrierGrade && !benchmark && !protocols && first < 240;
  }

  private static boolean isPublic6(byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    // Only 2000::/3 is given out to the public. ::, ::a.b.c.d, 64:ff9b::/96 (an IPv4 address
    // translated), fc00::/7 and the like lie outside of it.
    boolean global = (first & 0xe0) == 0x20;
    // Inside of it, 2002::/16 and 2001::/32 wrap an IPv4 address that may be a private one.
    boolean sixToFour = first == 0x20 && second == 0x02;
    boolean teredo = first == 0x20 && second == 0x01 && bytes[2] == 0 && bytes[3] == 0;
    return global && !sixToFour && !teredo;
  }
}
