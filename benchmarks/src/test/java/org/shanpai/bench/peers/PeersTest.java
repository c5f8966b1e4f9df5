package org.shanpai.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shanpai.bench.city.CitySize;
import org.shanpai.bench.city.CitySnapshot;
import org.shanpai.engine.SolveLimit;
import org.shanpai.engine.Stop;
import org.shanpai.engine.Wave;

class PeersTest {

  private static final long MILLIS = 400;

  static List<Peer> everybody() {
    return Peers.all();
  }

  private static Wave wave(long seed) {
    return CitySnapshot.wave(seed, CitySize.of(20, 30), SolveLimit.constructionOnly());
  }

  @ParameterizedTest
  @MethodSource("everybody")
  void routesKeepEveryHardRule(Peer peer) {
    for (long seed = 21; seed < 24; seed++) {
      Wave wave = wave(seed);
      RouteJudge.Verdict verdict = new RouteJudge(wave).judge(peer.solve(wave, MILLIS, 1));
      assertThat(verdict.broken()).as("%s, seed %d", peer.name(), seed).isEmpty();
      assertThat(verdict.planned()).isGreaterThan(wave.jobs().size() / 2);
    }
  }

  @ParameterizedTest
  @MethodSource("everybody")
  void planningCostsLessThanHoldingEverything(Peer peer) {
    Wave wave = wave(25);
    RouteJudge judge = new RouteJudge(wave);
    Map<String, List<Stop>> routes = peer.solve(wave, MILLIS, 1);
    assertThat(judge.judge(routes).cost()).isLessThan(judge.judge(Map.of()).cost());
  }

  @ParameterizedTest
  @MethodSource("everybody")
  void nobodyEndsDearerThanTheGreedyStart(Peer peer) {
    if (peer instanceof ShanpaiPeer) {
      return;
    }
    Wave wave = wave(26);
    RouteJudge judge = new RouteJudge(wave);
    long greedy = judge.judge(new GreedyPeer().solve(wave, MILLIS, 1)).cost();
    assertThat(judge.judge(peer.solve(wave, MILLIS, 1)).cost()).isLessThanOrEqualTo(greedy);
  }

  @ParameterizedTest
  @MethodSource("everybody")
  void aWaveWithoutJobsLeavesRoutesRidable(Peer peer) {
    Wave full = wave(27);
    Wave none =
        org.shanpai.bench.city.EngineRecords.with(
            full, 1, SolveLimit.constructionOnly(), List.of(), full.couriers());
    assertThat(new RouteJudge(none).judge(peer.solve(none, MILLIS, 1)).broken()).isEmpty();
  }
}
