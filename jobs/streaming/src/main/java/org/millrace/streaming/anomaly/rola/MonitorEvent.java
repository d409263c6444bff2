package org.millrace.streaming.anomaly.rola;

/** What a {@link DeviceMonitor} says after a row. */
public sealed interface MonitorEvent permits Report, Alert, StatusChange, Partnerless {}
