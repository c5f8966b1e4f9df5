package org.shanpai.order.tracking;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.OrderId;

/**
 * Keeps customers' links from being hammered or guessed: by link and by address, and apart from
 * both the links that are none, by address. Whoever guesses runs dry; a good link from the same
 * address goes on.
 */
@ApplicationScoped
public class TrackingLimit {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Bandwidth perToken;
  private final Bandwidth perAddress;
  private final Bandwidth calls;
  private final Bandwidth wrong;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterAccess(MINUTE.multipliedBy(2)).build();

  TrackingLimit(TrackingSettings settings) {
    perToken = minutely(settings.perTokenAMinute());
    perAddress = minutely(settings.perAddressAMinute());
    calls = minutely(settings.callsAMinute());
    wrong = minutely(settings.wrongAMinute());
  }

  /**
   * One request with a good link.
   *
   * @throws Problem 429 with Retry-After
   */
  public void spend(OrderId order, String address) {
    take("t" + order.value(), perToken);
    take("a" + address, perAddress);
  }

  /**
   * One wish to call the rider; the request itself is spent beside it.
   *
   * @throws Problem 429 with Retry-After
   */
  public void spendCall(OrderId order) {
    take("c" + order.value(), calls);
  }

  /**
   * One request with a link that is none.
   *
   * @throws Problem 429 with Retry-After
   */
  public void spendWrong(String address) {
    take("w" + address, wrong);
  }

  private void take(String key, Bandwidth bandwidth) {
    ConsumptionProbe probe =
        buckets
            .get(key, made -> Bucket.builder().addLimit(bandwidth).build())
            .tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      throw Problem.tooMany(
          "rate-limited",
          "Too many requests; slow down and try again.",
          (int) TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1);
    }
  }

  private static Bandwidth minutely(int requests) {
    return Bandwidth.builder().capacity(requests).refillGreedy(requests, MINUTE).build();
  }
}
