package org.shanpai.order.merchant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.shanpai.chassis.identity.Secrets;
import org.shanpai.contracts.MerchantId;

/** A merchant and the credentials of its system. Of the secret only a hash is kept. */
@Entity
@Table(name = "merchant")
public class Merchant {

  @Id
  @Column(name = "merchant_id")
  private String merchantId;

  private String name;

  @Column(name = "client_id")
  private String clientId;

  @Column(name = "secret_hash")
  private String secretHash;

  @Column(name = "wall_created_at")
  private Instant createdAt;

  @Column(name = "sandbox_only")
  private boolean sandboxOnly;

  protected Merchant() {}

  /**
   * @param sandboxOnly whether its keys make sandbox orders only
   * @param wallNow real time
   */
  public Merchant(
      MerchantId id,
      String name,
      boolean sandboxOnly,
      String clientId,
      String secret,
      Instant wallNow) {
    this.merchantId = id.value();
    this.name = name;
    this.clientId = clientId;
    this.secretHash = Secrets.hash(secret);
    this.createdAt = wallNow;
    this.sandboxOnly = sandboxOnly;
  }

  public MerchantId id() {
    return new MerchantId(merchantId);
  }

  public String name() {
    return name;
  }

  public String clientId() {
    return clientId;
  }

  /** SHA-256 of the secret, hex. */
  public String secretHash() {
    return secretHash;
  }

  /** Real time. */
  public Instant createdAt() {
    return createdAt;
  }

  /** Whether its keys make sandbox orders only. */
  public boolean sandboxOnly() {
    return sandboxOnly;
  }

  public void rename(String newName) {
    name = newName;
  }

  /** From now on only this one is good. */
  public void renewSecret(String secret) {
    secretHash = Secrets.hash(secret);
  }

  /** In constant time. */
  public boolean hasSecret(String candidate) {
    return Secrets.matches(candidate, secretHash);
  }
}
