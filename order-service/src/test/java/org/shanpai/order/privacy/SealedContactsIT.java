package org.shanpai.order.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.OrderId;
import org.shanpai.messaging.Tx;
import org.shanpai.order.OrderServiceScenario;
import org.shanpai.order.orders.Contact;

@QuarkusTest
class SealedContactsIT extends OrderServiceScenario {

  @Inject Tx tx;
  @Inject Contacts contacts;

  private Contact read(String id) {
    return tx.await(() -> tx.read(() -> contacts.find(new OrderId(id)))).orElse(null);
  }

  @Test
  void whatPostgresHoldsOfANewOrdersContactCannotBeRead() {
    String id = created(shop());
    String row = column("select c::text from order_contact c where order_id = ?", id).get(0);
    assertThat(row)
        .contains("s1:")
        .doesNotContain("Hidden")
        .doesNotContain("13912345678")
        .doesNotContain("Secret Lane");
    assertThat(read(id)).isEqualTo(new Contact("Ms Hidden", "13912345678", "Secret Lane 7"));
  }

  @Test
  void aSealedContactCopiedToAnotherOrderDoesNotOpenThere() {
    Shop shop = shop();
    String one = created(shop);
    String other = created(shop);
    execute(
        "update order_contact set sealed = (select sealed from order_contact where order_id = '"
            + one
            + "') where order_id = '"
            + other
            + "'");
    assertThat(read(one).name()).isEqualTo("Ms Hidden");
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> read(other))
        .isInstanceOf(BrokenSeal.class);
    execute("delete from order_contact where order_id = '" + other + "'");
  }

  @Test
  void rowsAnOlderVersionWroteAreReadableAtOnceAndSealedSoon() {
    String id = created(shop());
    execute(
        "update order_contact set sealed = null, sealed_with = null, phone_hash = null, door_hash ="
            + " null, name = 'Old Zhang', phone = '139 0000 0001', address = 'Old Lane 1' where"
            + " order_id = '"
            + id
            + "'");
    Contact old = new Contact("Old Zhang", "139 0000 0001", "Old Lane 1");
    assertThat(read(id)).isEqualTo(old);
    eventually(
        () ->
            assertThat(column("select c::text from order_contact c where order_id = ?", id).get(0))
                .contains("s1:")
                .doesNotContain("Zhang")
                .doesNotContain("0001")
                .doesNotContain("Old Lane"));
    assertThat(read(id)).isEqualTo(old);
  }

  @Test
  void whatIsSealedUnderAnotherKeyIsSealedAnew() {
    String id = created(shop());
    String before = column("select sealed from order_contact where order_id = ?", id).get(0);
    execute("update order_contact set sealed_with = 'k0' where order_id = '" + id + "'");
    eventually(
        () ->
            assertThat(column("select sealed from order_contact where order_id = ?", id).get(0))
                .startsWith("s1:k1:")
                .isNotEqualTo(before));
    assertThat(column("select sealed_with from order_contact where order_id = ?", id))
        .containsExactly("k1");
    assertThat(read(id).phone()).isEqualTo("13912345678");
  }

  @Test
  void aContactIsReplacedWholeAndFoundByItsNewTelephoneByItsOwnMerchantOnly() {
    Shop shop = shop();
    OrderId id = new OrderId(created(shop));
    String phone = "158" + String.format("%08d", Math.floorMod(id.hashCode(), 100_000_000));
    Boolean replaced =
        tx.await(
            () ->
                tx.write(
                    () ->
                        contacts
                            .find(id)
                            .chain(
                                found ->
                                    contacts.replace(
                                        id, found.get().withPhone(phone).withNote("ring twice")))));
    assertThat(replaced).isTrue();
    assertThat(read(id.value()))
        .isEqualTo(new Contact("Ms Hidden", phone, "Secret Lane 7", "ring twice", null));
    assertThat(
            tx.await(
                () ->
                    tx.read(
                        () ->
                            contacts.withPhone(
                                new MerchantId(shop.merchantId()), "+86 " + phone, 10))))
        .containsExactly(id);
    assertThat(
            tx.await(() -> tx.read(() -> contacts.withPhone(new MerchantId("m-other"), phone, 10))))
        .isEmpty();
  }
}
