package io.gemoclap.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KafkaConnectionTest {
  private static final KafkaConnection CONNECTION = KafkaConnection.to("a:9092,b:9093");

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "localhost:", "a:1;b:2", "a:1, b:2", "http://a:1"})
  void brokersAreHostsAndPorts(String servers) {
    assertThrows(IllegalArgumentException.class, () -> KafkaConnection.to(servers));
  }

  @ParameterizedTest
  @ValueSource(strings = {"group.id", "enable.auto.commit"})
  void propertiesForCheckpointsAreNotClientProperties(String name) {
    Map<String, String> properties = Map.of(name, "secret");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> CONNECTION.withProperties(properties));
    assertTrue(e.getMessage().contains("'" + name + "'"), e.getMessage());
    assertTrue(!e.getMessage().contains("secret"), e.getMessage());
  }

  @Test
  void propertiesAreNotShown() {
    KafkaConnection secured = CONNECTION.withProperties(Map.of("sasl.jaas.config", "secret"));
    assertEquals("a:9092,b:9093", secured.toString());
  }
}
