<html>
<head>
<meta charset="utf-8">
</head>
<body>
{{title}}
<?php
echo "<br>";
echo "Hoy es " . date("d/m/Y") . " son las " . date("H:i:s") . "<br>";
echo "Soy el servidor " . $_SERVER['SERVER_ADDR'] . "<br>";
?>
</body>
</html>
