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
 * Says where webhooks may go. Only http and https; in production never to an address inside the
 * house, for a merchant's URL must not make this service knock at internal doors. Looks names up,
 * so never on an event loop.
 */
@ApplicationScoped
public class TargetGuard {

  private final boolean publicOnly;

  @Inject
  TargetGuard(ShanpaiConfig config) {
    this(config.mode() == ShanpaiConfig.Mode.PRODUCTION);
  }

  TargetGuard(boolean publicOnly) {
    this.publicOnly = publicOnly;
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
    if (uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
      return new Ruling.Refused("must name a host and carry no user and no fragment");
    }
    if (uri.getPort() == 0 || uri.getPort() > 65_535) {
      return new Ruling.Refused("has an impossible port");
    }
    InetAddress[] addresses;
    try {
      String host = uri.getHost();
      addresses =
          InetAddress.getAllByName(
              host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    } catch (UnknownHostException unknown) {
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
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    if (address instanceof Inet4Address) {
      boolean carrierGrade = first == 100 && second >= 64 && second < 128;
      boolean benchmark = first == 198 && (second == 18 || second == 19);
      return first != 0 && !carrierGrade && !benchmark && first < 240;
    }
    boolean uniqueLocal = (first & 0xfe) == 0xfc;
    // 64:ff9b::/96 and 2002::/16 wrap an IPv4 address that may be a private one.
    boolean translated = first == 0 && second == 0x64;
    boolean sixToFour = first == 0x20 && second == 0x02;
    return !uniqueLocal && !translated && !sixToFour;
  }
}
