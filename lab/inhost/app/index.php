<?php
// The whole request path: arrive, write and read a row (SQL), write and read a file (the CIFS mount), answer.
// ?file=0 leaves the share out.
require __DIR__ . '/patronus.php';

const KEPT_ROWS = 20000; // both bounds keep a lab that runs for days from filling its disk
const KEPT_FILES = 500;

$request = new Request();
$request->did('arrive');
$db = $request->database();

$token = bin2hex(random_bytes(8));
$host = gethostname();
$insert = @$db->prepare('INSERT INTO visits (token, host, visited_at) VALUES (?, ?, NOW(6))');
if (!$insert || !$insert->bind_param('ss', $token, $host) || !@$insert->execute()) {
    $request->fail('insert', "$db->errno $db->error");
}
$id = (int) $db->insert_id;
if ($id % 100 === 0 && !@$db->query('DELETE FROM visits WHERE id <= ' . ($id - KEPT_ROWS))) {
    $request->fail('insert', "$db->errno $db->error");
}
$request->did('insert');

$result = @$db->query("SELECT token FROM visits WHERE id = $id");
$row = $result ? $result->fetch_assoc() : null;
if (!$row || $row['token'] !== $token) {
    $request->fail('select', "$db->errno $db->error");
}
$request->did('select');

if (($_GET['file'] ?? '1') !== '0') {
    $slot = $id % KEPT_FILES;
    $folder = sprintf('%s/inbox/%02d', getenv('SHARE'), intdiv($slot, 10));
    if (!@is_dir($folder) && !@mkdir($folder, 0775, true) && !@is_dir($folder)) {
        $request->fail('file-write', '');
    }
    $file = "$folder/visit-$slot.txt";
    if (@file_put_contents($file, "$token $id\n") === false) {
        $request->fail('file-write', '');
    }
    $request->did('file-write');
    clearstatcache();
    $back = @file_get_contents($file);
    if ($back !== "$token $id\n") {
        $request->fail('file-read', $back === false ? '' : 'the content differs');
    }
    $request->did('file-read');
}
$request->answer(['ok' => true, 'id' => $id, 'token' => $token]);
