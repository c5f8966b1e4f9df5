package org.shanpai.architecture.planted.frameworks.shanpai.engine;

import io.smallrye.mutiny.Uni;
import org.optaplanner.core.api.score.buildin.hardsoft.HardSoftScore;

/** An engine that knows a framework, and the solver outside its package. */
public class ListeningEngine {
  Uni<String> answer;
  HardSoftScore score;
}
