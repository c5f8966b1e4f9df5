package org.shanpai.order.webhook;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.shanpai.contracts.MerchantId;

/** The secrets that sign webhooks, in the transaction of the caller. Wall time. */
public interface WebhookSecrets {

  /** Writes a secret; the texts are sealed at rest. */
  Uni<Void> add(MerchantId merchant, WebhookSecret secret);

  /** Those that sign at that time, the newest first, with their texts. */
  Uni<List<WebhookSecret>> signing(MerchantId merchant, Instant now);

  /** The texts of those that sign at that time, the newest first, by merchant. */
  Uni<Map<String, List<String>>> texts(Collection<String> merchants, Instant now);

  Uni<Optional<WebhookSecret>> find(MerchantId merchant, String secretId);

  /** All but the one named sign until then at the latest. */
  Uni<Void> expireOthers(MerchantId merchant, String secretId, Instant at);

  Uni<Boolean> remove(MerchantId merchant, String secretId);

  /** Forgets those that sign no more. */
  Uni<Integer> forgetExpired(Instant now);
}
