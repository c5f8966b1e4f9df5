package org.shanpai.stack;

import java.util.Random;

/**
 * Seeded chance for many who draw on their own: the same for the same seed and name, and as if
 * independent for another.
 *
 * <p>{@link Random} scrambles its seed so little that seeds close together begin with nearly the
 * same number; whoever takes one draw from each of many would hardly see two that differ. So seed
 * and name are mixed first: the name by FNV-1a, both by the finalizer of SplitMix64 (Steele, Lea,
 * Flood: Fast Splittable Pseudorandom Number Generators, 2014).
 */
public final class Chance {

  private static final long FNV_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private Chance() {}

  /** The chance of one of many. */
  public static Random of(long seed, String whose) {
    long name = FNV_BASIS;
    for (int i = 0; i < whose.length(); i++) {
      name = (name ^ whose.charAt(i)) * FNV_PRIME;
    }
    return new Random(mixed(mixed(seed + GOLDEN) + name));
  }

  private static long mixed(long bits) {
    long z = bits;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
