package org.shanpai.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.FileReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class FreePortsTest {

  @Test
  void takenPortIsRefusedInOneSentenceThatSaysWhatToDo() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = other.getLocalPort();
      assertThat(FreePorts.isFree(port)).isFalse();
      assertThatThrownBy(() -> FreePorts.requireFree(port, "--port-order"))
          .isInstanceOf(PortTaken.class)
          .hasMessage(
              "Port "
                  + port
                  + " is in use by another program; choose another with --port-order or stop that program.");
    }
  }

  @Test
  void freePortIsNotRefused() {
    int port = FreePorts.one();
    FreePorts.requireFree(port, "--port-order");
    assertThat(FreePorts.isFree(port)).isTrue();
  }

  @Test
  void portsOfOneListDiffer() {
    List<Integer> ports = FreePorts.list(50);
    assertThat(ports).hasSize(50).doesNotHaveDuplicates();
  }

  /**
   * The first port of the system's range for outgoing connections is 32768 unless somebody changed
   * it.
   */
  @Test
  void portsLieBelowThoseOfOutgoingConnections() throws Exception {
    Path range = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    int first;
    try (BufferedReader in = new BufferedReader(new FileReader(range.toFile()))) {
      first = Integer.parseInt(in.readLine().trim().split("\\s+")[0]);
    }
    Assumptions.assumeTrue(first > 16_000, "no room below the range on this machine");
    assertThat(FreePorts.list(200)).allMatch(port -> port < first);
  }
}
