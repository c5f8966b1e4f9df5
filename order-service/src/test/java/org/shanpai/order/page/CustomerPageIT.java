package org.shanpai.order.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.CityId;
import org.shanpai.contracts.RiderId;
import org.shanpai.contracts.event.EventType;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.RiderState;
import org.shanpai.order.JobFixture;
import org.shanpai.order.RiderStub;

/** The customer's page in a real browser, on a phone. */
@QuarkusTest
class CustomerPageIT extends PageScenario {

  private String orderId;
  private Shop shop;

  private String link() {
    shop = shop();
    ObjectNode body = order(shop);
    body.put("merchantOrderNo", "A-1043");
    orderId = create(shop, unique(), body).path("orderId");
    String url = get(shop, orderId).path("trackingUrl");
    return here.resolve(url.substring(url.indexOf("/t/"))).toString();
  }

  private String rider(String label, boolean moving) {
    String rider = "r-" + unique() + ":31.2345:121.4742" + (moving ? ":moving" : "");
    send(
        event(
            EventType.RIDER_STATE,
            rider,
            1,
            new RiderState(
                new RiderId(rider),
                new CityId("city-1"),
                1,
                label,
                "CROWDSOURCED",
                8,
                Set.of(),
                0,
                true)));
    return rider;
  }

  @Test
  void phoneShowsTheRiderComeAndTakesARating() {
    Page page = page(360, 780, "zh-CN", true);
    AtomicLong bytes = new AtomicLong();
    AtomicBoolean weighed = new AtomicBoolean();
    page.onResponse(
        response -> {
          if (!weighed.get() && !response.url().endsWith("/stream")) {
            bytes.addAndGet(response.body().length);
          }
        });
    String address = link();
    page.navigate(address);
    assertThat(page.locator("#status")).hasText("正在安排骑手");
    assertThat(page.locator("#eta")).hasText(Pattern.compile("\\d\\d:\\d\\d–\\d\\d:\\d\\d"));
    await().until(() -> Integer.parseInt(page.locator("#map").getAttribute("data-streets")) > 5);
    assertThat(page.locator("#at")).hasAttribute("visibility", "hidden");
    assertThat(bytes.get()).isBetween(10_000L, 60_000L);
    weighed.set(true);

    String rider = rider("王小明", true);
    send(JobFixture.of(orderId, 1, JobStatus.AT_STORE, rider));
    assertThat(page.locator("#status")).hasText("骑手已到店");
    assertThat(page.locator("#rider-name")).hasText("骑手 王**");
    assertThat(page.locator("#at")).hasAttribute("visibility", "hidden");
    send(JobFixture.of(orderId, 2, JobStatus.PICKED_UP, rider));
    assertThat(page.locator("#status")).hasText("正在为您送来");
    assertThat(page.locator("#doors")).containsText("下一站就是您");
    assertThat(page.locator("#at")).hasAttribute("visibility", "visible");
    String before = page.locator("#at").getAttribute("data-place");
    assertThat(page.locator("#at")).not().hasAttribute("data-place", before);
    assertThat(page.locator("#code")).not().isVisible();
    page.click("#code-card summary");
    assertThat(page.locator("#code")).hasText(get(shop, orderId).<String>path("deliveryCode"));
    page.click("#code-card summary");
    assertThat(overflows(page)).isFalse();
    assertThat(barriers(page)).isEmpty();
    picture(page, "tracking-zh");

    page.click("#lang");
    assertThat(page.locator("#status")).hasText("On the way to you");
    assertThat(page.locator("#rider-name")).hasText("Rider 王**");
    page.click("#big");
    assertThat(page.locator("html")).hasAttribute("data-size", "big");
    assertThat(overflows(page)).isFalse();
    picture(page, "tracking-en");

    send(JobFixture.of(orderId, 3, JobStatus.DELIVERED, rider));
    assertThat(page.locator("#status")).hasText("Delivered");
    assertThat(page.locator("#map-card")).isHidden();
    assertThat(page.locator("#code-card")).isHidden();
    page.click("#voice-send");
    assertThat(page.locator("#voice-note")).hasText("Please choose the stars first.");
    page.locator("#stars-4").check();
    page.locator("#tag-FAST").check();
    page.fill("#voice-words", "谢谢");
    page.click("#voice-send");
    assertThat(page.locator("#voice-note")).hasText("Thank you, noted.");
    page.reload();
    assertThat(page.locator("#stars-4")).isChecked();
    assertThat(page.locator("#voice-words")).hasValue("谢谢");
    assertThat(barriers(page)).isEmpty();
    picture(page, "tracking-voice");
    assertThat(
            count("select count(*) from order_feedback where order_id = ? and stars = 4", orderId))
        .isEqualTo(1);
    assertThat(complaints).isEmpty();
  }

  @Test
  void riderIsCalledByANumberThatStandsInForTheirs() {
    Page page = page(360, 780, "zh-CN", true);
    page.navigate(link());
    assertThat(page.locator("#call")).hasCount(0);
    send(JobFixture.of(orderId, 1, JobStatus.ASSIGNED, rider("王小明", false)));
    assertThat(page.locator("#call")).hasText("打电话");
    assertThat(page.locator("#call-note")).hasText("双方号码均已隐藏");
    page.click("#call");
    assertThat(page.locator("#call-link")).hasText(Pattern.compile("0000\\d{8}"));
    String number = page.locator("#call-link").textContent();
    assertThat(page.locator("#call-link")).hasAttribute("href", "tel:" + number);
    assertThat(page.locator("#call-link")).isFocused();
    assertThat(page.content()).doesNotContain(RiderStub.PHONE);
    assertThat(overflows(page)).isFalse();
    assertThat(barriers(page)).isEmpty();
    picture(page, "tracking-call");
    page.click("#lang");
    assertThat(page.locator("#call-note")).hasText("Neither of you sees the other's number");
    assertThat(page.locator("#call-link")).hasText(number);
    send(JobFixture.of(orderId, 2, JobStatus.PICKED_UP, "r-x"));
    send(JobFixture.of(orderId, 3, JobStatus.DELIVERED, "r-x"));
    assertThat(page.locator("#status")).hasText("Delivered");
    assertThat(page.locator("#call-link")).hasCount(0);
    assertThat(complaints).isEmpty();
  }

  @Test
  void whereNobodyKnowsTheRidersNumberThePageSaysSo() {
    Page page = page(360, 780, "zh-CN", true);
    page.navigate(link());
    send(JobFixture.of(orderId, 1, JobStatus.ASSIGNED, "r-away-" + unique()));
    page.click("#call");
    assertThat(page.locator("#call-note")).hasText("现在联系不上骑手，请稍后再试。");
    assertThat(page.locator("#call")).isEnabled();
    page.click("#lang");
    assertThat(page.locator("#call-note")).containsText("cannot be called right now");
  }

  @Test
  void pageWithoutScriptStillTellsTheStatus() {
    Page page = page(360, 780, "en-GB", false);
    page.navigate(link());
    assertThat(page.locator("#status")).hasText("Finding a rider");
    assertThat(page.locator("#promise")).containsText("Promised when you ordered");
    page.click("#code-card summary");
    assertThat(page.locator("#code")).hasText(Pattern.compile("\\d{6}"));
    page.click("#lang");
    assertThat(page.locator("#status")).hasText("正在安排骑手");
  }

  @Test
  void wrongLinkSaysSoInTheVisitorsLanguage() {
    Page page = page(360, 780, "en-GB", true);
    page.navigate(here.resolve("/t/o-nothing").toString());
    assertThat(page.locator("#status")).hasText("This link does not work");
    page.click("#lang");
    assertThat(page.locator("#status")).hasText("链接无效");
    assertThat(page.locator("#map-card")).isHidden();
    assertThat(barriers(page)).isEmpty();
  }
}
