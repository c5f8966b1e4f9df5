package org.shanpai.geo.travel.streets;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Keeps what was used lately, never more than a limit: what is found moves to the young generation,
 * and when that holds half of the limit it becomes the old one and the old one goes. Thread-safe,
 * without locks.
 *
 * @param <K> key
 * @param <V> value, never null
 */
final class TwoGenerations<K, V> {

  private record Generation<K, V>(Map<K, V> values, LongAdder size) {
    Generation() {
      this(new ConcurrentHashMap<>(), new LongAdder());
    }
  }

  private final long half;
  private final ToIntFunction<V> sizeOf;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private volatile Generation<K, V> young = new Generation<>();
  private volatile Generation<K, V> old = new Generation<>();

  /**
   * @param limit the most that is kept, in what {@code sizeOf} counts; 0 keeps nothing
   */
  TwoGenerations(long limit, ToIntFunction<V> sizeOf) {
    this.half = limit / 2;
    this.sizeOf = sizeOf;
  }

  /** What is kept, or what is made now; two threads may make the same at once. */
  V get(K key, Function<K, V> make) {
    V value = young.values.get(key);
    if (value != null) {
      hits.increment();
      return value;
    }
    value = old.values.get(key);
    if (value != null) {
      hits.increment();
    } else {
      misses.increment();
      value = make.apply(key);
    }
    keep(key, value);
    return value;
  }

  private void keep(K key, V value) {
    int size = sizeOf.applyAsInt(value);
    if (size > half) {
      return;
    }
    Generation<K, V> into = young;
    if (into.size.sum() + size > half) {
      into = turn(into);
    }
    if (into.values.putIfAbsent(key, value) == null) {
      into.size.add(size);
    }
  }

  private synchronized Generation<K, V> turn(Generation<K, V> full) {
    if (young == full) {
      old = full;
      young = new Generation<>();
    }
    return young;
  }

  long hits() {
    return hits.sum();
  }

  long misses() {
    return misses.sum();
  }

  /** What is kept, in what {@code sizeOf} counts. */
  long size() {
    return young.size.sum() + old.size.sum();
  }
}
