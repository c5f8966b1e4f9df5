package org.shanpai.bench.peers;

import java.util.List;

/** The solvers compared. */
public final class Peers {

  private Peers() {}

  /** All of them, ours first. */
  public static List<Peer> all() {
    return List.of(
        new ShanpaiPeer(),
        new OptaPlannerPeer(),
        new TimefoldPeer(),
        new OrToolsPeer(),
        new JspritPeer(),
        new GreedyPeer());
  }

  /** Those of the others that come through a wave of thousands of riders. */
  public static List<Peer> forLargeWaves() {
    return List.of(new OptaPlannerPeer(), new TimefoldPeer(), new GreedyPeer());
  }
}
