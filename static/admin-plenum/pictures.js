// Shows a picture as soon as it is chosen, and says at once when the file is none.

document.addEventListener("change", (event) => {
  const box = event.target.closest?.("[data-picture]");
  if (!box || event.target.type !== "file") return;
  const image = box.querySelector("img");
  const [file] = event.target.files;
  if (image.src.startsWith("blob:")) URL.revokeObjectURL(image.src);
  image.hidden = !file;
  if (!file) return;
  image.onerror = () => { image.hidden = true; };
  image.src = URL.createObjectURL(file);
});
