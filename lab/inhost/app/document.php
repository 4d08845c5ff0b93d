<?php
// One document: its row from the database, its bytes from the share, and whether the two agree.
require __DIR__ . '/patronus.php';

const LARGEST_READ = 4 << 20;

$request = new Request();
$request->did('arrive');
$db = $request->database();

$id = (int) ($_GET['id'] ?? 1);
$result = @$db->query("SELECT path, size, sha256 FROM documents WHERE id = $id");
if (!$result) {
    $request->fail('select', "$db->errno $db->error");
}
$document = $result->fetch_assoc();
if (!$document) {
    $request->fail('select', "no document $id", 404);
}
$request->did('select');

$path = getenv('SHARE') . '/' . $document['path'];
$bytes = @file_get_contents($path, false, null, 0, LARGEST_READ);
if ($bytes === false) {
    $request->fail('file-read', '');
}
$whole = strlen($bytes) === (int) $document['size'];
if ($whole ? hash('sha256', $bytes) !== $document['sha256'] : strlen($bytes) < LARGEST_READ) {
    $request->fail('file-read', 'the content differs from its row');
}
$request->did('file-read');
$request->answer(['ok' => true, 'id' => $id, 'path' => $document['path'], 'size' => (int) $document['size']]);
