package org.shanpai.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request as it goes over the wire, well formed or not.
 *
 * @param target path and query, written as it is
 * @param headers lines, written as they are
 * @param body null for none
 */
record Shot(String method, String target, List<String> headers, byte[] body) {

  private static final int SHOWN = 2_000;

  Shot {
    headers = List.copyOf(headers);
  }

  Shot method(String other) {
    return new Shot(other, target, headers, body);
  }

  Shot target(String other) {
    return new Shot(method, other, headers, body);
  }

  Shot body(byte[] other) {
    return new Shot(method, target, headers, other);
  }

  /** With this line in place of those of the same header; null takes them away. */
  Shot header(String name, String value) {
    List<String> lines = new ArrayList<>(headers);
    lines.removeIf(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1));
    if (value != null) {
      lines.add(name + ": " + value);
    }
    return new Shot(method, target, lines, body);
  }

  /** With this line besides what is there. */
  Shot line(String line) {
    List<String> lines = new ArrayList<>(headers);
    lines.add(line);
    return new Shot(method, target, lines, body);
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringBuilder head =
        new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    head.append("Host: 127.0.0.1\r\nConnection: close\r\n");
    headers.forEach(line -> head.append(line).append("\r\n"));
    if (body != null) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    if (body != null) {
      out.writeBytes(body);
    }
    return out.toByteArray();
  }

  /** As a line for a shell, without the token; a long body is cut. */
  String curl(String base) {
    StringBuilder line =
        new StringBuilder("curl --path-as-is -X ")
            .append(method)
            .append(' ')
            .append(quoted(base + target));
    for (String header : headers) {
      boolean secret = header.regionMatches(true, 0, "Authorization:", 0, 14);
      line.append(" -H ").append(secret ? "\"Authorization: Bearer $TOKEN\"" : quoted(cut(header)));
    }
    if (body != null) {
      line.append(" --data-binary ").append(quoted(cut(new String(body, StandardCharsets.UTF_8))));
      if (body.length > SHOWN) {
        line.append(" # ").append(body.length).append(" bytes in all");
      }
    }
    return line.toString();
  }

  private static String cut(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
