package org.shanpai.architecture.planted.ambient;

import java.time.Instant;
import java.util.Random;

/** Time and chance out of thin air. */
public class Guess {
  Instant when = Instant.now();
  int what = new Random().nextInt();
}
