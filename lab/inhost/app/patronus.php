<?php
// What the pages share: a JSON answer that says which step of the request path failed, and after how long.
mysqli_report(MYSQLI_REPORT_OFF);

final class Request
{
    private float $start;
    private float $last;
    private array $steps = [];

    public function __construct()
    {
        $this->start = $this->last = microtime(true);
        header('Content-Type: application/json');
    }

    /** Notes the time since the step before, in milliseconds. */
    public function did(string $step): void
    {
        $now = microtime(true);
        $this->steps[$step] = round(($now - $this->last) * 1000, 1);
        $this->last = $now;
    }

    public function answer(array $fields): void
    {
        echo json_encode($fields + ['host' => gethostname(), 'ms' => round(($this->last - $this->start) * 1000, 1), 'steps' => $this->steps]), "\n";
    }

    public function fail(string $step, string $why, int $status = 503): never
    {
        http_response_code($status);
        $this->did($step);
        $this->answer(['ok' => false, 'step' => $step, 'error' => $why !== '' ? $why : (error_get_last()['message'] ?? 'unknown')]);
        exit;
    }

    public function database(): mysqli
    {
        $db = mysqli_init();
        $db->options(MYSQLI_OPT_CONNECT_TIMEOUT, 3);
        $db->options(MYSQLI_OPT_READ_TIMEOUT, 5);
        $password = trim((string) @file_get_contents('/etc/patronus/database-password'));
        $at = parse_url((string) getenv('DATABASE_URL'));
        // "p:" keeps the connection with this Apache child, as the real application does
        if (!@$db->real_connect("p:{$at['host']}", 'app', $password, ltrim($at['path'], '/'), $at['port'])) {
            $this->fail('connect', (string) mysqli_connect_error());
        }
        $this->did('connect');
        return $db;
    }
}
