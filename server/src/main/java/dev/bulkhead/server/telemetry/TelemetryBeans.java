package dev.bulkhead.server.telemetry;

import dev.bulkhead.server.configuration.ServerConfiguration;
import dev.bulkhead.server.telemetry.questdb.QuestDbSettings;
import dev.bulkhead.server.telemetry.questdb.QuestDbStore;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Chooses the engine and wires what stands on it.
@Configuration(proxyBeanMethods = false)
class TelemetryBeans {
  @Bean(destroyMethod = "close")
  TelemetryStore telemetryStore(ServerConfiguration configuration, Clock clock) {
    return QuestDbStore.open(QuestDbSettings.of(configuration.data().resolve("telemetry")), clock);
  }

  @Bean
  HostFigures hostFigures(TelemetryStore store, Clock clock) {
    return new HostFigures(store, clock);
  }

  @Bean
  LiveSamples liveSamples() {
    return new LiveSamples();
  }

  @Bean
  OtlpMetrics otlpMetrics(Clock clock) {
    return new OtlpMetrics(clock);
  }
}
